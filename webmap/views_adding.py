"""Adding a plan: the upload, its draft with progress, and its publication."""

from pathlib import Path
from typing import Final

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug import Response as AnyResponse
from werkzeug.datastructures import FileStorage

from geo.document import MAX_BYTES
from geo.metadata import slug
from geo.sentences import Sentence, say
from webmap.adding.drafts import MOST_DRAFTS, Draft, State, Upload
from webmap.adding.preview import Preview
from webmap.adding.service import Adding, adding
from webmap.csrf import refuse_foreign
from webmap.editing import refuse_disabled
from webmap.rate_limit import refuse_hasty
from webmap.refusing import BUSY, NOT_FOUND, Refusal
from webmap.signing_in import refuse_strangers, signed_in
from webmap.uploads import safe_name
from webmap.views_shared import snapshot

blueprint = Blueprint("adding", __name__, url_prefix="/adding")

SUFFIXES: Final = (".txt", ".html", ".htm", ".mhtml", ".mht", ".docx", ".pdf")
YEARS: Final = range(1949, 2101)
_FORM_BYTES: Final = 100_000
_LONGEST_CITY: Final = 40
_RETRY_S: Final = 20


@blueprint.get("/")
def overview() -> str:
    """Show the form for a plan, and the drafts, to whoever is signed in."""
    refuse_disabled()
    return _overview(None)


@blueprint.post("/")
def upload() -> AnyResponse | tuple[str, int]:
    """Keep an uploaded plan as a draft, and have it read."""
    who = allowed_writer(MAX_BYTES + _FORM_BYTES)
    found = _upload(request.files.get("file"), who)
    if isinstance(found, Sentence):
        return _overview(found), 400
    if len(adding().drafts.all()) >= MOST_DRAFTS:
        too_many = say(
            "There are %(n)s drafts already: publish or discard some of them first.", n=MOST_DRAFTS
        )
        return _overview(too_many), 400
    draft_id = adding().drafts.add(found)
    _start(draft_of(draft_id))
    return redirect(url_for("adding.page", draft_id=draft_id), 303)


@blueprint.get("/<draft_id>")
def page(draft_id: str) -> str | tuple[str, int]:
    """Show a draft: how far it is, or its works and ledger once they are read."""
    draft = readable_draft(draft_id)
    if draft.state is not State.READY:
        return render_template("draft_progress.html", draft=draft)
    preview = preview_of(draft)
    if preview is None:
        return render_template("draft_progress.html", draft=draft)
    known = {work.work_id for work in snapshot().works}
    twice = [one for one in preview.works if one in known]
    return render_template("draft.html", draft=draft, preview=preview, twice=twice)


@blueprint.get("/<draft_id>/progress")
def progress(draft_id: str) -> str:
    """Give how far a draft is, alone, for the page's script."""
    return render_template("_draft_progress.html", draft=readable_draft(draft_id))


@blueprint.post("/<draft_id>/again")
def again(draft_id: str) -> AnyResponse | tuple[str, int]:
    """Read a draft again, with what its reader says of city and year."""
    allowed_writer(_FORM_BYTES)
    draft = draft_of(draft_id)
    said = _city_and_year()
    if isinstance(said, Sentence):
        return render_template("draft_progress.html", draft=draft, refused=said), 400
    drafts = adding().drafts
    drafts.say(draft_id, *said)
    states = [State.FAILED, State.READY, *((draft.state,) if draft.is_stuck else ())]
    if drafts.claim(draft_id, states, State.WAITING):
        adding().forget(draft_id)
        _start(draft_of(draft_id))
    return redirect(url_for("adding.page", draft_id=draft_id), 303)


@blueprint.post("/<draft_id>/discard")
def discard(draft_id: str) -> AnyResponse:
    """Forget a draft."""
    allowed_writer(_FORM_BYTES)
    draft = draft_of(draft_id)
    adding().drafts.discard(draft.draft_id)
    adding().forget(draft.draft_id)
    return redirect(url_for("adding.overview"), 303)


@blueprint.post("/<draft_id>/publish")
def publish(draft_id: str) -> AnyResponse | tuple[str, int]:
    """Have a draft published."""
    allowed_writer(_FORM_BYTES)
    draft, service = draft_of(draft_id), adding()
    if service.drafts.claim(draft_id, [State.READY], State.PUBLISHING) and not service.publish(
        draft
    ):
        service.drafts.claim(draft_id, [State.PUBLISHING], State.READY)
        raise _busy()
    return redirect(url_for("adding.page", draft_id=draft_id), 303)


def allowed_writer(most_bytes: int) -> str:
    """Give the name of whoever writes; refuse whoever may not, or not now, or not so much."""
    refuse_disabled()
    refuse_hasty()
    request.max_content_length = most_bytes
    refuse_foreign()
    return refuse_strangers()


def readable_draft(draft_id: str) -> Draft:
    """Find a draft for whoever is signed in."""
    refuse_disabled()
    refuse_strangers()
    return draft_of(draft_id)


def draft_of(draft_id: str) -> Draft:
    """Find a draft, or answer that it is not there."""
    draft = adding().drafts.draft(draft_id)
    if draft is None:
        raise Refusal(
            NOT_FOUND, say("There is no such draft: it may have been discarded or published.")
        )
    return draft


def preview_of(draft: Draft) -> Preview | None:
    """Give a draft as it would be published; None while this process is still reading it."""
    plan = adding().plan(draft)
    return adding().previews.of(plan, adding().drafts.log(draft.draft_id).edits()) if plan else None


def _overview(failed: Sentence | None) -> str:
    drafts = adding().drafts.all() if signed_in() else ()
    return render_template(
        "adding.html", failed=failed, drafts=drafts, suffixes=SUFFIXES, most_mb=MAX_BYTES // 10**6
    )


def _start(draft: Draft) -> None:
    """Have a draft read; it waits as a failed one where too many are before it."""
    service: Adding = adding()
    if not service.read(draft):
        service.drafts.claim(draft.draft_id, [State.WAITING], State.FAILED)
        raise _busy()


def _busy() -> Refusal:
    return Refusal(BUSY, say("Other plans are being read: wait a little and try again."), _RETRY_S)


def _upload(file: FileStorage | None, who: str) -> Upload | Sentence:
    if not file or not file.filename:
        return say("Choose the file of a plan.")
    if Path(file.filename).suffix.lower() not in SUFFIXES:
        return say(
            "This kind of file is not read: give one of %(endings)s.", endings=" ".join(SUFFIXES)
        )
    said = _city_and_year()
    if isinstance(said, Sentence):
        return said
    content = file.read(MAX_BYTES + 1)
    if not content or len(content) > MAX_BYTES:
        return say("A plan has 1 byte to %(n)s MB.", n=MAX_BYTES // 10**6)
    name = safe_name(file.filename, SUFFIXES, "plan.txt")
    return Upload(name, content, _own_id(Path(name).stem), *said, who)


def _city_and_year() -> tuple[str, int | None] | Sentence:
    city, year = (request.form.get(name, "").strip() for name in ("city", "year"))
    if len(city) > _LONGEST_CITY:
        return say("A city's name has %(n)s characters at most.", n=_LONGEST_CITY)
    if not year:
        return city, None
    if not (year.isascii() and year.isdigit() and int(year[:5]) in YEARS):
        return say("A year is a number from %(first)s to %(last)s.", first=YEARS[0], last=YEARS[-1])
    return city, int(year)


def _own_id(stem: str) -> str:
    """Give the document an id that no other plan or draft has."""
    wanted = slug(stem)
    taken = {plan.document_id for plan in snapshot().documents}
    taken |= {draft.document_id for draft in adding().drafts.all()}
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return next(one for one in (wanted, *numbered) if one not in taken)
