-- SPDX-License-Identifier: MIT
-- The runs that are recorded.
SELECT substr(started, 1, 19) AS started, mode, files, errors,
       (SELECT count(*) FROM finding WHERE finding.run_id = run.id) AS findings, command
FROM run ORDER BY run.started DESC;
