"""A draft becomes part of the served file: its corrections go to the log, then all is built."""

from collections.abc import Sequence
from pathlib import Path

from geo.errors import PlannedWorksError
from layers.build import Plan
from layers.edits.log import EditLog
from layers.edits.values import Author, Edit, Status, now_text
from layers.making import edit_log, rebuild
from webmap.adding.drafts import Draft, Progress
from webmap.adding.reading import Tell


def publish(draft: Draft, plan: Plan, edits: Sequence[Edit], served: Path, tell: Tell) -> None:
    """Add the document of a draft to the served file, and its corrections to the log.

    The file is replaced in one step. Where that fails the corrections are reverted in the log, so
    that nothing has changed for anybody.

    Raises
    ------
    PlannedWorksError
        When the file cannot be built anew, or the log cannot be written.
    """
    log = edit_log()
    there = {work.work_id for work in plan.reading.works}
    kept = keep([edit for edit in edits if edit.correction.work_id in there], log)

    def told(done: int, total: int) -> None:
        tell(Progress("publishing", done, total, title=plan.reading.document.title))

    try:
        rebuild(served, [plan.reading.document], told)
    except PlannedWorksError:
        by = Author(draft.who, "publishing failed", now_text(), "")
        log.decide([(edit.number, Status.REVERTED, "") for edit in kept], by)
        raise


def keep(edits: Sequence[Edit], log: EditLog) -> list[Edit]:
    """Copy corrections in force to a log, each with its own author; known ones are not repeated."""
    known = {_mark(edit) for edit in log.edits() if edit.status is not Status.REVERTED}
    kept: list[Edit] = []
    for edit in edits:
        if edit.status is Status.ACCEPTED and _mark(edit) not in known:
            kept += log.add([edit.correction], edit.author, edit.file)
    return kept


def _mark(edit: Edit) -> tuple[object, ...]:
    """Tell a correction from all others: two of one second differ in what they leave."""
    changes = tuple((one.field, str(one.after)) for one in edit.correction.changes)
    return edit.correction.work_id, edit.author.who, edit.author.at, edit.file, changes
