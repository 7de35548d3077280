-- SPDX-License-Identifier: MIT
-- How many operations the rewriter inserted or left out, by function.
SELECT file.path, function.name, sum(origin = 'inserted') AS inserted, sum(origin = 'removed') AS left_out
FROM counter_op
JOIN function ON function.id = counter_op.function_id
JOIN file ON file.id = function.file_id
JOIN _history ON _history.file_id = file.id AND _history.age = 1
GROUP BY file.path, function.name
ORDER BY inserted DESC, file.path, function.name;
