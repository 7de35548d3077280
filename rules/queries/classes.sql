-- SPDX-License-Identifier: MIT
-- The counted types, and whether the collector has to know them.
SELECT class.name, file.path, class.line, class.tracked, class.reason
FROM class
JOIN file ON file.id = class.file_id
JOIN _history ON _history.file_id = file.id AND _history.age = 1
GROUP BY class.name, file.path
ORDER BY class.tracked DESC, class.name;
