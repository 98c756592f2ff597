"""The drafts of an application at work: jobs that read and publish them, and what was read."""

import logging
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import Final, cast

from flask import Flask, current_app

from geo.errors import PlannedWorksError
from layers.build import Plan
from layers.origin import GeoPackageOrigin, Origin
from webmap.adding.drafts import Draft, Drafts, Progress, State
from webmap.adding.jobs import Jobs
from webmap.adding.preview import Previews
from webmap.adding.publishing import publish
from webmap.adding.reading import read_draft, read_progress

_log = logging.getLogger(__name__)
_MOST_PLANS: Final = 4
_PATIENCE_S: Final = 6.0


_Key = tuple[str, str, int | None]
"""A draft and what is said of its city and year: other words give another plan."""


class Adding:
    """Reads and publishes the drafts for one served file, in the background.

    What was read stays in memory for the latest few drafts. Nothing derived is kept on the disk, so
    that a draft is always as the present program and gazetteer read it.
    """

    def __init__(self, served: Path) -> None:
        self.served = served
        self.drafts = Drafts(str(served.resolve()))
        self.previews = Previews()
        self._jobs = Jobs()
        self._plans: OrderedDict[_Key, Plan] = OrderedDict()
        self._lock = Lock()

    def read(self, draft: Draft) -> bool:
        """Have a draft read; False where too many wait."""
        return self._jobs.submit(draft.draft_id, lambda: self._guarded(draft, self._read))

    def publish(self, draft: Draft) -> bool:
        """Have a draft published; False where too many wait."""
        return self._jobs.submit(draft.draft_id, lambda: self._guarded(draft, self._publish))

    def plan(self, draft: Draft) -> Plan | None:
        """Give what was read of a draft; None where that takes longer than a reader waits.

        Another process of the server may have read it: then this one reads it too.
        """
        with self._lock:
            found = self._plans.get(_key(draft))
        if found is None and self.read(draft):
            self._jobs.wait(draft.draft_id, _PATIENCE_S)
            with self._lock:
                found = self._plans.get(_key(draft))
        return found

    def forget(self, draft_id: str) -> None:
        """Forget what was read of a draft."""
        with self._lock:
            for key in [key for key in self._plans if key[0] == draft_id]:
                del self._plans[key]

    def _guarded(self, draft: Draft, job: Callable[[Draft], None]) -> None:
        """Note a failure in the draft: nobody waits for the job to raise it."""
        try:
            job(draft)
        except PlannedWorksError as error:
            self._note_failure(draft, type(error).__name__, str(error))
        except Exception as error:
            _log.exception("The draft of %s cannot be read or published", draft.file)
            self._note_failure(draft, type(error).__name__, "")

    def _note_failure(self, draft: Draft, kind: str, failure: str) -> None:
        now = self.drafts.draft(draft.draft_id)
        if now is not None:
            progress = replace(now.progress, kind=kind, failure=failure)
            self.drafts.note(draft.draft_id, State.FAILED, progress)

    def _read(self, draft: Draft) -> None:
        is_new = draft.state is not State.READY

        def tell(progress: Progress) -> None:
            if is_new:
                self.drafts.note(draft.draft_id, State.READING, progress)

        plan = read_draft(draft, self.drafts.content(draft.draft_id), tell)
        with self._lock:
            self._plans[_key(draft)] = plan
            while len(self._plans) > _MOST_PLANS:
                self._plans.popitem(last=False)
        if is_new:
            self.drafts.note(draft.draft_id, State.READY, read_progress(plan))

    def _publish(self, draft: Draft) -> None:
        def tell(progress: Progress) -> None:
            named = replace(progress, title=progress.title or draft.progress.title)
            self.drafts.note(draft.draft_id, State.PUBLISHING, named)

        plan = read_draft(draft, self.drafts.content(draft.draft_id), tell)
        publish(draft, plan, self.drafts.log(draft.draft_id).edits(), self.served, tell)
        self.drafts.finish(draft.draft_id, read_progress(plan))
        self.forget(draft.draft_id)


def _key(draft: Draft) -> _Key:
    return draft.draft_id, draft.city, draft.year


def init_app(app: Flask, origin: Origin) -> None:
    """Prepare adding plans to a served file; to a database none are added."""
    if isinstance(origin, GeoPackageOrigin):
        app.extensions["adding"] = Adding(origin.path)


def adding() -> Adding:
    """Give what adds plans to the file that is served."""
    return cast("Adding", current_app.extensions["adding"])
