-- SPDX-License-Identifier: MIT
-- What the last run no longer found.
SELECT check_id, path, line, function, message FROM v_fixed ORDER BY path, line, check_id;
