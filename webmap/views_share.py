"""Pages that hand a state of the map on: its link and citation, and the map within other pages."""

from datetime import UTC, datetime

from flask import Blueprint, render_template, request

from webmap.security import framed
from webmap.sharing import shared
from webmap.views_map import map_page
from webmap.views_shared import snapshot

blueprint = Blueprint("share", __name__)


@blueprint.get("/share")
def share() -> str:
    """Show how to hand on the state that the address names; `?part` for the map's dialog alone."""
    today = datetime.now(tz=UTC).astimezone().date()
    asked = list(request.args.items(multi=True))
    template = "_share.html" if "part" in request.args else "share.html"
    return render_template(template, shared=shared(request.url_root, asked, snapshot(), today))


@blueprint.get("/embed")
@framed
def embed() -> str:
    """Show the map for a frame of another page: without list and navigation."""
    return map_page("embed.html")
