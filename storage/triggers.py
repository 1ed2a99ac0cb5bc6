"""What the databases themselves refuse: to alter or remove a line of the log, and to move its head back (R38).

On SQLite, INSERT OR REPLACE removes the old line without asking a delete trigger, hence the guard on insert.
Tables can't say this in `storage.models`, hence this page. The migrations hold copies of the words as they were;
a test compares what both make.
"""

from __future__ import annotations

SQLITE = (
    """CREATE TRIGGER log_no_update BEFORE UPDATE ON log
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END""",
    """CREATE TRIGGER log_no_delete BEFORE DELETE ON log
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END""",
    """CREATE TRIGGER log_no_replace BEFORE INSERT ON log
WHEN EXISTS (SELECT 1 FROM log WHERE council_id = NEW.council_id AND seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END""",
    """CREATE TRIGGER log_head_forward BEFORE UPDATE ON log_head
WHEN NEW.council_id <> OLD.council_id OR NEW.seq <= OLD.seq
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END""",
    """CREATE TRIGGER log_head_no_delete BEFORE DELETE ON log_head
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END""",
    """CREATE TRIGGER log_head_no_replace BEFORE INSERT ON log_head
WHEN EXISTS (SELECT 1 FROM log_head WHERE council_id = NEW.council_id)
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END""",
)

POSTGRESQL = (
    """CREATE FUNCTION civility_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$BEGIN RAISE EXCEPTION 'the log is append-only'; END$$""",
    """CREATE TRIGGER log_append_only BEFORE UPDATE OR DELETE ON log
FOR EACH ROW EXECUTE FUNCTION civility_append_only()""",
    """CREATE TRIGGER log_no_truncate BEFORE TRUNCATE ON log
FOR EACH STATEMENT EXECUTE FUNCTION civility_append_only()""",
    """CREATE TRIGGER log_head_forward BEFORE UPDATE ON log_head FOR EACH ROW
WHEN (NEW.council_id <> OLD.council_id OR NEW.seq <= OLD.seq) EXECUTE FUNCTION civility_append_only()""",
    """CREATE TRIGGER log_head_no_delete BEFORE DELETE ON log_head
FOR EACH ROW EXECUTE FUNCTION civility_append_only()""",
    """CREATE TRIGGER log_head_no_truncate BEFORE TRUNCATE ON log_head
FOR EACH STATEMENT EXECUTE FUNCTION civility_append_only()""",
)
