-- SPDX-License-Identifier: MIT
-- What was not analysed, and why.
SELECT latest.path, NULL AS function, file.error AS why
FROM _history AS latest JOIN file ON file.id = latest.file_id
WHERE latest.age = 1 AND NOT file.parsed AND file.error IS NOT 'removed'
UNION ALL
SELECT latest.path, function.name, coalesce(function.why, 'a limit was hit')
FROM _history AS latest JOIN function ON function.file_id = latest.file_id
WHERE latest.age = 1 AND NOT function.complete
ORDER BY 1, 2;
