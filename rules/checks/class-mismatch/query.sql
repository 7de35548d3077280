-- SPDX-License-Identifier: MIT
-- Classes of one name whose fields are not the same in all units: the first in order of path against each other one.
WITH seen AS (
    SELECT class.id, class.name, file.path, class.line, class._shape AS shape,
           first_value(class.id) OVER same_name AS first_id, first_value(class._shape) OVER same_name AS first_shape,
           first_value(file.path || ':' || class.line) OVER same_name AS first_place
    FROM class JOIN file ON file.id = class.file_id
    WHERE class._shape IS NOT NULL
    WINDOW same_name AS (PARTITION BY class.name ORDER BY file.path, class.line, class.id)
)
SELECT path, line, name AS function,
       'class ''' || name || ''' has other fields here than ' ||
       iif(first_place = path || ':' || line, 'another unit sees in the same place', 'at ' || first_place) AS message
FROM seen
WHERE id <> first_id AND shape <> first_shape
ORDER BY path, line;
