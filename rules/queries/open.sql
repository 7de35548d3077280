-- SPDX-License-Identifier: MIT
-- What is open, the worst first.
SELECT severity, check_id, path, line, function, message, state
FROM v_open
ORDER BY CASE severity WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END, path, line, check_id;
