"""The brief of a selection, as a page and as a PDF; without a selection, what to choose from."""

from datetime import datetime
from io import BytesIO
from threading import BoundedSemaphore
from typing import Final

from flask import Blueprint, Response, make_response, render_template, request, send_file

from layers.export import Wanted, file_stem
from webmap.brief.content import Brief, brief_of
from webmap.brief.mapping import brief_picture
from webmap.brief.pdf import MOST_WORKS, Drawings, brief_pdf
from webmap.brief.picture import HEIGHT, WIDTH, Picture
from webmap.brief.sheet import Sheet, sheet_of
from webmap.credits import credit_line
from webmap.selection import counts, strict_selection
from webmap.translation import gettext as _
from webmap.translation import language
from webmap.views_download import busy
from webmap.views_shared import snapshot
from webmap.wording import number

blueprint = Blueprint("brief", __name__)

AT_ONCE: Final = 2
"""PDFs that one process makes at a time."""

_REFUSED: Final = 400
_KILOMETRE_M: Final = 1000
_setting = BoundedSemaphore(AT_ONCE)


@blueprint.get("/brief")
def page() -> str | Response:
    """Show the brief of the works that pass the address' filters; each must be understood."""
    selection = strict_selection(request.args.items(multi=True))
    if not selection.pairs:
        return render_template("brief_chooser.html", **_choices())
    brief = brief_of(snapshot(), selection)
    if len(brief.found) > MOST_WORKS:
        return _too_many(brief)
    picture = brief_picture(brief, snapshot())
    sheet = _sheet(brief, picture)
    return render_template(
        "brief.html",
        sheet=sheet,
        selection=selection,
        has_works=bool(brief.found),
        **_map_values(picture, sheet),
    )


@blueprint.get("/brief.pdf")
def pdf() -> Response:
    """Give the same brief as a PDF."""
    brief = brief_of(snapshot(), strict_selection(request.args.items(multi=True)))
    if len(brief.found) > MOST_WORKS:
        return _too_many(brief)
    if not _setting.acquire(blocking=False):
        return busy()
    try:
        made = _made(brief)
    finally:
        _setting.release()
    return send_file(
        BytesIO(made),
        mimetype="application/pdf",
        as_attachment=True,
        download_name=_file_name(brief),
        max_age=0,
    )


def _made(brief: Brief) -> bytes:
    picture = brief_picture(brief, snapshot())
    sheet = _sheet(brief, picture)
    drawn = render_template("brief_map.svg", **_map_values(picture, sheet))
    codes = [note.code for note in sheet.precisions]
    signs = {code: render_template("brief_sign.svg", code=code) for code in codes}
    return brief_pdf(sheet, Drawings(drawn, signs), _labels(), language())


def _sheet(brief: Brief, picture: Picture) -> Sheet:
    today = datetime.now().astimezone().date()
    return sheet_of(brief, snapshot(), picture.beyond, today)


def _map_values(picture: Picture, sheet: Sheet) -> dict[str, object]:
    return {
        "picture": picture,
        "picture_size": (WIDTH, HEIGHT),
        "label": sheet.title,
        "bar_words": _length(picture.bar.metres),
        "owners": credit_line(snapshot()),
    }


def _length(metres: int) -> str:
    if metres < _KILOMETRE_M:
        return _("%(n)s m") % {"n": number(metres)}
    return _("%(n)s km") % {"n": number(metres / _KILOMETRE_M)}


def _labels() -> dict[str, str]:
    return {
        "made": _("Made on"),
        "colon": _(": "),
        "precision": _("How well the places are known"),
        "on_map": _("On the map"),
        "cite": _("To cite this brief"),
        "sources": _("Sources and licences"),
        "empty": _("No work passes these filters."),
    }


def _file_name(brief: Brief) -> str:
    cities = dict.fromkeys(f"{one.city}{one.year or ''}" for one in brief.documents)
    wanted = Wanted(brief.selection, language=language())
    return f"{file_stem(next(iter(cities), ''), wanted)}.pdf"


def _too_many(brief: Brief) -> Response:
    words = _(
        "%(n)s works are too many for one brief: choose a district or a theme, so that "
        "%(most)s at most are left."
    )
    message = words % {"n": number(len(brief.found)), "most": number(MOST_WORKS)}
    return make_response(render_template("error.html", code=_REFUSED, message=message), _REFUSED)


def _choices() -> dict[str, object]:
    """Give what a brief may be about: districts with their works, and whole plans."""
    present = snapshot()
    districts = counts(present.works, "district")
    listed = sorted(districts.items(), key=lambda one: (-one[1], one[0]))
    return {
        "districts": {name: count for name, count in listed if name},
        "nameless": districts.get("", 0),
        "plans": [(plan, len(present.works_of(plan.document_id))) for plan in present.documents],
    }
