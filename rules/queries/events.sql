-- SPDX-License-Identifier: MIT
-- What the runtime saw in the last recorded run of a program.
SELECT kind, class, count, bytes, iif(site_file = '', NULL, site_file || ':' || site_line) AS site
FROM event
WHERE run_id = (SELECT event.run_id FROM event JOIN run ON run.id = event.run_id ORDER BY run.started DESC LIMIT 1)
ORDER BY bytes DESC, kind, class;
