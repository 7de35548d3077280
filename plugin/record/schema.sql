-- SPDX-License-Identifier: MIT
-- The findings database. Tables and views without a leading underscore are a public interface.
--
-- Every id is the hash of what the row is about, so that rows of two files meet without renumbering and a row that
-- comes twice is one row. Paths are relative to the run's root where they are below it. Lines and columns count from 1;
-- 0 is unknown. Times are UTC, ISO 8601 with microseconds: they sort as text.
PRAGMA application_id = 1380142676;
PRAGMA user_version = 4;

-- One invocation. mode: lint, rewrite, cc or run.
CREATE TABLE run (
    id TEXT PRIMARY KEY,
    mode TEXT NOT NULL,
    started TEXT NOT NULL,
    finished TEXT,
    command TEXT NOT NULL,
    tool_version TEXT NOT NULL,
    git_revision TEXT,
    root TEXT NOT NULL,
    files INTEGER NOT NULL,
    errors INTEGER NOT NULL
) WITHOUT ROWID;

-- A source file of a run. parsed: without any error of the compiler. analysed: something can be said about it; a file
-- with an error in one function is analysed but not parsed. error: the first error; 'removed' when an earlier run knew
-- the file and it is there no more.
CREATE TABLE file (
    id TEXT PRIMARY KEY,
    run_id TEXT NOT NULL REFERENCES run,
    path TEXT NOT NULL,
    sha256 TEXT,
    parsed INTEGER NOT NULL,
    analysed INTEGER NOT NULL,
    error TEXT,
    kloc REAL NOT NULL,
    ms REAL NOT NULL
) WITHOUT ROWID;
CREATE INDEX _file_path ON file (path);
CREATE INDEX _file_run ON file (run_id);

-- A function body. complete: 0 when a limit was hit or the body holds an error; why says which.
-- _body_line: where its opening brace is.
CREATE TABLE function (
    id TEXT PRIMARY KEY,
    file_id TEXT NOT NULL REFERENCES file,
    name TEXT NOT NULL,
    usr TEXT,
    line INTEGER NOT NULL,
    end_line INTEGER NOT NULL,
    paths INTEGER NOT NULL,
    complete INTEGER NOT NULL,
    why TEXT,
    ms REAL NOT NULL,
    _body_line INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX _function_file ON function (file_id);

CREATE TABLE summary (
    function_id TEXT NOT NULL REFERENCES function,
    operand TEXT NOT NULL,
    effect TEXT NOT NULL,
    nullable INTEGER NOT NULL,
    source TEXT,
    PRIMARY KEY (function_id, operand, effect)
) WITHOUT ROWID;

-- _shape: the hash of its fields as a unit saw them; units that see one class differently make two rows of it.
CREATE TABLE class (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    usr TEXT,
    file_id TEXT NOT NULL REFERENCES file,
    line INTEGER NOT NULL,
    tracked INTEGER NOT NULL,
    reason TEXT,
    _shape TEXT
) WITHOUT ROWID;

-- A field that can hold a reference. to_class: NULL when it may be of any class.
CREATE TABLE class_edge (
    id TEXT PRIMARY KEY,
    from_class TEXT NOT NULL REFERENCES class,
    field TEXT NOT NULL,
    to_class TEXT REFERENCES class,
    ownership TEXT NOT NULL,
    file_id TEXT NOT NULL REFERENCES file,
    line INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE cycle (
    id TEXT PRIMARY KEY,
    run_id TEXT NOT NULL REFERENCES run,
    length INTEGER NOT NULL,
    text TEXT NOT NULL,
    suggested_weak TEXT
) WITHOUT ROWID;
CREATE TABLE cycle_edge (
    cycle_id TEXT NOT NULL REFERENCES cycle,
    seq INTEGER NOT NULL,
    class_edge_id TEXT NOT NULL REFERENCES class_edge,
    PRIMARY KEY (cycle_id, seq)
) WITHOUT ROWID;

CREATE TABLE store (
    function_id TEXT NOT NULL REFERENCES function,
    seq INTEGER NOT NULL,
    line INTEGER NOT NULL,
    class_edge_id TEXT NOT NULL REFERENCES class_edge,
    kind TEXT NOT NULL,
    PRIMARY KEY (function_id, seq)
) WITHOUT ROWID;

-- An INCREF or DECREF. origin: source, inserted or removed.
CREATE TABLE counter_op (
    function_id TEXT NOT NULL REFERENCES function,
    seq INTEGER NOT NULL,
    line INTEGER NOT NULL,
    op TEXT NOT NULL,
    expression TEXT,
    origin TEXT NOT NULL,
    why TEXT,
    PRIMARY KEY (function_id, seq)
) WITHOUT ROWID;

-- severity: note, warning or error. confidence: low, medium or high. function: the function, variable or class.
CREATE TABLE finding (
    id TEXT PRIMARY KEY,
    run_id TEXT NOT NULL REFERENCES run,
    check_id TEXT NOT NULL,
    severity TEXT NOT NULL,
    confidence TEXT NOT NULL,
    file_id TEXT NOT NULL REFERENCES file,
    line INTEGER NOT NULL,
    "column" INTEGER NOT NULL,
    end_line INTEGER NOT NULL,
    end_column INTEGER NOT NULL,
    function TEXT,
    message TEXT NOT NULL,
    fingerprint TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX _finding_file ON finding (file_id);
CREATE INDEX _finding_run ON finding (run_id);
CREATE INDEX _finding_fingerprint ON finding (fingerprint);

-- refs_held and refs_expected are NULL where a step has no count.
CREATE TABLE finding_step (
    finding_id TEXT NOT NULL REFERENCES finding,
    seq INTEGER NOT NULL,
    file_id TEXT REFERENCES file,
    line INTEGER NOT NULL,
    "column" INTEGER NOT NULL,
    kind TEXT NOT NULL,
    message TEXT NOT NULL,
    refs_held INTEGER,
    refs_expected INTEGER,
    PRIMARY KEY (finding_id, seq)
) WITHOUT ROWID;

-- Bytes [start_offset, end_offset) of the file are replaced. The linter proposes; verified: `recount fix` tried all edits of
-- the finding on a copy of the file, which lints clean of it and of anything new.
CREATE TABLE fix (
    finding_id TEXT NOT NULL REFERENCES finding,
    seq INTEGER NOT NULL,
    file_id TEXT NOT NULL REFERENCES file,
    start_offset INTEGER NOT NULL,
    end_offset INTEGER NOT NULL,
    replacement TEXT NOT NULL,
    verified INTEGER NOT NULL,
    PRIMARY KEY (finding_id, seq)
) WITHOUT ROWID;

-- A finding someone accepted. run_id: of a suppression found in source or config by that run; NULL: written here by
-- hand and valid for all runs. fingerprint: the finding; NULL: pattern is a GLOB on paths. place: where it stands.
CREATE TABLE suppression (
    id TEXT PRIMARY KEY,
    run_id TEXT REFERENCES run,
    fingerprint TEXT,
    pattern TEXT,
    reason TEXT NOT NULL,
    place TEXT
) WITHOUT ROWID;
CREATE INDEX _suppression_fingerprint ON suppression (fingerprint);

-- What the runtime saw, summed by kind, class and site.
CREATE TABLE event (
    run_id TEXT NOT NULL REFERENCES run,
    kind TEXT NOT NULL,
    class TEXT NOT NULL,
    site_file TEXT NOT NULL,
    site_line INTEGER NOT NULL,
    count INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    PRIMARY KEY (run_id, kind, class, site_file, site_line)
) WITHOUT ROWID;

CREATE TABLE profile (
    run_id TEXT NOT NULL REFERENCES run,
    function TEXT NOT NULL,
    calls INTEGER NOT NULL,
    own_ns INTEGER NOT NULL,
    total_ns INTEGER NOT NULL,
    allocations INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    PRIMARY KEY (run_id, function)
) WITHOUT ROWID;

-- A `recount: ignore` comment as found in a file: what it names, and the lines it speaks for.
CREATE TABLE _mark (
    file_id TEXT NOT NULL REFERENCES file,
    line INTEGER NOT NULL,
    first_line INTEGER NOT NULL,
    checks TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (file_id, line)
) WITHOUT ROWID;

-- What an analysis of one unit yielded: its rows (rows.c) for a run that finds it unchanged. id: its file with its flags.
-- key: the hash of all that it was made of. inputs: the hash of the summaries of other units that it used. files: what it
-- reads, a path a line. directory, flags, settings: how it was compiled and what was looked for, a flag or an option a line.
-- told: what standard error was told of it; failed: it has errors. links: its functions in the call graph.
CREATE TABLE _capture (
    id TEXT PRIMARY KEY,
    path TEXT NOT NULL,
    key TEXT NOT NULL,
    inputs TEXT NOT NULL,
    files TEXT NOT NULL,
    directory TEXT NOT NULL,
    flags TEXT NOT NULL,
    settings TEXT NOT NULL,
    told TEXT NOT NULL,
    links TEXT NOT NULL,
    failed INTEGER NOT NULL,
    rows BLOB NOT NULL
);

-- Findings that a named baseline accepts; _setting 'baseline' names the one that is set.
CREATE TABLE _baseline (
    name TEXT NOT NULL,
    finding_id TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    PRIMARY KEY (name, finding_id)
) WITHOUT ROWID;
CREATE TABLE _setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- ---- views -----------------------------------------------------------------------------------------------------------

-- Each analysis of a path in order of time, the latest with age 1. A path may be known to the linter and the rewriter:
-- what one of them says does not replace what the other said. next_started: when the path was analysed again.
CREATE VIEW _history AS
SELECT file.id AS file_id, file.path, run.id AS run_id, run.mode, run.started,
       row_number() OVER later AS age, lag(run.started) OVER later AS next_started
FROM file JOIN run ON run.id = file.run_id
WHERE file.analysed OR file.error = 'removed'
WINDOW later AS (PARTITION BY file.path, run.mode ORDER BY run.started DESC, run.id DESC);

CREATE VIEW _accepted AS
SELECT finding_id, fingerprint FROM _baseline
WHERE name = (SELECT value FROM _setting WHERE key = 'baseline');

CREATE VIEW _suppressed AS
SELECT finding.id AS finding_id, min(suppression.reason) AS reason
FROM finding JOIN file ON file.id = finding.file_id
JOIN suppression ON (suppression.fingerprint = finding.fingerprint
                     AND (suppression.run_id IS NULL OR suppression.run_id = finding.run_id))
                 OR (suppression.fingerprint IS NULL AND suppression.run_id IS NULL
                     AND file.path GLOB suppression.pattern)
GROUP BY finding.id;

-- The findings of each path's latest analysis, with their state: new, unchanged, reopened or suppressed. A finding is
-- unchanged when any path's analysis before this one, whatever the file was called then, had its fingerprint.
CREATE VIEW _current AS
WITH history AS MATERIALIZED (SELECT * FROM _history)
SELECT finding.id, finding.run_id, finding.check_id, finding.severity, finding.confidence, now.path, finding.file_id,
       finding.line, finding."column", finding.end_line, finding.end_column, finding.function, finding.message,
       finding.fingerprint, now.mode,
       CASE
           WHEN finding.id IN (SELECT finding_id FROM _suppressed) THEN 'suppressed'
           WHEN EXISTS (SELECT 1 FROM finding AS earlier CROSS JOIN history AS old ON old.file_id = earlier.file_id
                        WHERE earlier.fingerprint = finding.fingerprint AND old.mode = now.mode
                          AND old.started < now.started AND coalesce(old.next_started >= now.started, 1))
               THEN 'unchanged'
           WHEN EXISTS (SELECT 1 FROM finding AS earlier JOIN run ON run.id = earlier.run_id
                        WHERE earlier.fingerprint = finding.fingerprint AND run.mode = now.mode
                          AND run.started < now.started)
               THEN 'reopened'
           ELSE 'new'
       END AS state
FROM history AS now JOIN finding ON finding.file_id = now.file_id
WHERE now.age = 1;

-- Every finding of every run, for the report of an earlier one.
CREATE VIEW _all AS
SELECT finding.*, file.path, run.mode, iif(finding.id IN (SELECT finding_id FROM _suppressed), 'suppressed', 'recorded') AS state
FROM finding JOIN file ON file.id = finding.file_id JOIN run ON run.id = finding.run_id;

CREATE VIEW v_open AS SELECT * FROM _current WHERE state <> 'suppressed';

-- Against the baseline that is set, or else against the run before.
CREATE VIEW v_new AS
SELECT * FROM v_open
WHERE CASE WHEN EXISTS (SELECT 1 FROM _accepted) THEN fingerprint NOT IN (SELECT fingerprint FROM _accepted)
           ELSE state IN ('new', 'reopened') END;
CREATE VIEW v_fixed AS
WITH history AS MATERIALIZED (SELECT * FROM _history)
SELECT finding.id, finding.run_id, finding.check_id, finding.severity, finding.confidence, old.path, finding.file_id,
       finding.line, finding."column", finding.end_line, finding.end_column, finding.function, finding.message,
       finding.fingerprint, old.mode, 'fixed' AS state
FROM history AS old
JOIN history AS now ON now.path = old.path AND now.mode = old.mode AND now.age = 1 AND old.age > 1
JOIN finding ON finding.file_id = old.file_id
WHERE finding.id NOT IN (SELECT finding_id FROM _suppressed)
  AND finding.fingerprint NOT IN (SELECT later.fingerprint FROM finding AS later WHERE later.run_id = now.run_id)
  AND CASE WHEN EXISTS (SELECT 1 FROM _accepted) THEN finding.id IN (SELECT finding_id FROM _accepted)
           ELSE old.age = 2 END;

-- The possible cycles of the last analysis beside what the runtime collected. A cycle was seen when objects of each of its
-- classes were: collected is the count of the class of which there were fewest, and 0 otherwise.
CREATE VIEW v_cycle_seen AS
WITH latest AS (SELECT DISTINCT run_id FROM _history WHERE age = 1),
     dead AS MATERIALIZED (SELECT class, sum(count) AS count FROM event WHERE kind = 'cycle-collected' GROUP BY class),
     member AS MATERIALIZED (SELECT DISTINCT cycle.text, class.name FROM cycle
                             JOIN cycle_edge ON cycle_edge.cycle_id = cycle.id
                             JOIN class_edge ON class_edge.id = cycle_edge.class_edge_id
                             JOIN class ON class.id = class_edge.from_class
                             WHERE cycle.run_id IN latest)
SELECT cycle.text AS cycle, cycle.text AS text, min(cycle.suggested_weak) AS suggested_weak, cycle.length,
       (SELECT min(coalesce(dead.count, 0)) FROM member LEFT JOIN dead ON dead.class = member.name
        WHERE member.text = cycle.text) AS collected,
       (SELECT group_concat(DISTINCT event.site_file || ':' || event.site_line) FROM event
        JOIN member ON member.name = event.class AND member.text = cycle.text
        WHERE event.kind = 'cycle-collected' AND event.site_file <> '') AS sites
FROM cycle WHERE cycle.run_id IN latest
GROUP BY cycle.text;

-- Where the findings, the time and the paths that were cut are.
CREATE VIEW v_hot AS
SELECT 'file' AS kind, now.path, NULL AS function,
       (SELECT count(*) FROM v_open WHERE v_open.file_id = now.file_id) AS findings, file.ms,
       (SELECT count(*) FROM function WHERE function.file_id = now.file_id AND NOT function.complete) AS paths_cut
FROM _history AS now JOIN file ON file.id = now.file_id WHERE now.age = 1
UNION ALL
SELECT 'function', now.path, function.name,
       (SELECT count(*) FROM v_open WHERE v_open.file_id = now.file_id AND v_open.function = function.name),
       function.ms, NOT function.complete
FROM _history AS now JOIN function ON function.file_id = now.file_id WHERE now.age = 1;
