-- SPDX-License-Identifier: MIT
-- Where the findings, the time and the cut paths are.
SELECT kind, path, function, findings, round(ms, 1) AS ms, paths_cut
FROM v_hot
ORDER BY findings DESC, paths_cut DESC, v_hot.ms DESC, path, function
LIMIT 20;
