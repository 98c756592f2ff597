"""Corrections by upload: an edited works file comes back, and the served one is built anew."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, render_template, request
from werkzeug.datastructures import FileStorage

from geo.errors import EditsError, PlannedWorksError
from geo.sentences import Sentence, say
from layers.edits.reading import read_base
from layers.edits.taking import Source, Taken, take
from layers.edits.values import Author, Status, now_text
from layers.making import edit_log, rebuild
from webmap.csrf import refuse_foreign
from webmap.delivery import keep_secret
from webmap.editing import MOST_BYTES, file_to_write, refuse_disabled
from webmap.rate_limit import refuse_hasty
from webmap.signing_in import refuse_strangers
from webmap.uploads import safe_name

blueprint = Blueprint("edits", __name__)
blueprint.after_request(keep_secret)

OWN_WORK = "drawn by hand; free to use"
_SUFFIXES = {".gpkg", ".geojson", ".json", ".fgb"}
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an upload: what was kept, sentences about it, and why it failed, if it did."""

    taken: Taken | None
    failed: Sentence | str | None

    @property
    def status(self) -> int:
        """The HTTP status of the answer."""
        return 400 if self.failed and self.taken is None else 200


@blueprint.get("/edits")
def edits() -> str:
    """Show the corrections in the log, and the form for more."""
    refuse_disabled()
    return _page(None)


@blueprint.post("/edits")
def upload() -> tuple[str, int]:
    """Take an edited file, keep its corrections, and build the served file anew."""
    refuse_disabled()
    refuse_hasty()
    request.max_content_length = MOST_BYTES
    refuse_foreign()
    outcome = _outcome(refuse_strangers())
    return _page(outcome), outcome.status


def _page(outcome: Outcome | None) -> str:
    return render_template("edits.html", outcome=outcome, edits=edit_log().edits()[::-1])


def _outcome(who: str) -> Outcome:
    file = request.files.get("file")
    if not file or not file.filename:
        return Outcome(None, say("Choose an edited file."))
    author = Author(who, request.form.get("why", "").strip()[:_LONGEST], now_text(), OWN_WORK)
    return _taken(file, author)


def _taken(file: FileStorage, author: Author) -> Outcome:
    served = file_to_write()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / safe_name(str(file.filename), _SUFFIXES, "edited.gpkg")
        file.save(path)
        try:
            source = Source(path, None if path.suffix == ".gpkg" else served)
            taken = take(source, read_base(served).states, author, edit_log())
        except PlannedWorksError as error:
            return Outcome(None, str(error).replace(f"{folder}/", ""))
    return Outcome(taken, _built(served, taken))


def _built(served: Path, taken: Taken) -> str | None:
    """Build the served file anew where something was accepted, and say why it could not be."""
    if not any(edit.status is Status.ACCEPTED for edit in taken.edits):
        return None
    try:
        rebuild(served)
    except (EditsError, PlannedWorksError) as error:
        return str(error)
    return None
