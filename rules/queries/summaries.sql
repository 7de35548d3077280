-- SPDX-License-Identifier: MIT
-- What each function does to its operands.
SELECT file.path, function.name, operand, effect, nullable, summary.source
FROM summary
JOIN function ON function.id = summary.function_id
JOIN file ON file.id = function.file_id
JOIN _history ON _history.file_id = file.id AND _history.age = 1
ORDER BY file.path, function.line, operand;
