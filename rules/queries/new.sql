-- SPDX-License-Identifier: MIT
-- What the last run found that was not there before it, or not in the baseline.
SELECT check_id, path, line, function, message FROM v_new ORDER BY path, line, check_id;
