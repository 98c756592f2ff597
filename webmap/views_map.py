"""The map, and the list beside it."""

from dataclasses import asdict
from functools import lru_cache

from flask import Blueprint, Response, current_app, make_response, render_template, request, url_for

from layers.drawing import (
    AREA_OPACITY,
    AREA_WIDTH,
    CASING_COLOUR,
    CASING_OPACITY,
    CASING_WIDTH,
    DOTS,
    DOTTED_RING_RADIUS,
    DOTTED_RING_WIDTH,
    DRAWINGS,
    HATCH_LENGTH,
    HATCH_SPACING,
    HATCH_WIDTH,
    HOLLOW_WIDTH,
    INK_COLOUR,
    MARK_RADIUS,
    RING_RADIUS,
    RING_WIDTH,
    TINT_OPACITY,
    WIDE_M,
)
from layers.selection import FILTERS
from layers.titles import PRECISIONS, STAGE_COLOURS, STAGES
from webmap.assets import asset
from webmap.cards import DocumentCard
from webmap.colours import DARK_CASING, DARK_INK, DARK_STAGE_COLOURS
from webmap.credits import credit_line, credits_of
from webmap.front_page import front_page, is_front_page
from webmap.listing import listing_values
from webmap.maps import MapParts, build_map, render
from webmap.outside_maps import OutsideMap, outside_maps
from webmap.plans import bounds_of, chosen_plans, cities_of
from webmap.selection import page_selection
from webmap.translation import gettext as _
from webmap.translation import language, title
from webmap.views_shared import details_of, map_link, snapshot
from webmap.views_text import beside_map

blueprint = Blueprint("map", __name__)


@blueprint.get("/")
def index() -> str:
    """Show the map; `?work=` chooses a work or a site, the other parameters filter.

    Where several plans are served, the bare address shows them all as a list to choose from.
    """
    return front_page() if is_front_page() else map_page("map.html")


def map_page(template: str) -> str:
    """Render a page of the map for the state that the address names."""
    outside = outside_maps(current_app.config)
    return render_template(
        template,
        parts=_parts(snapshot().version, _shown_cities(), outside, request.script_root),
        outside_maps=outside,
        cities=_shown_cities(),
        **(details_of(request.args.get("work", "")) or {}),
        **map_values(),
        **beside_map(),
    )


@blueprint.get("/list")
def listing() -> Response:
    """Give filters and list alone, for the map's script."""
    return make_response(render_template("_listing.html", **listing_values(_asked())))


def map_values() -> dict[str, object]:
    """Give what the page of the map shows beside map and chosen work."""
    return {
        "settings": _settings(),
        "credits": credits_of(snapshot()),
        "owners": credit_line(snapshot()),
        **listing_values(_asked()),
    }


def _asked() -> list[tuple[str, str]]:
    return list(request.args.items(multi=True))


def _settings() -> dict[str, object]:
    """Give the map's script the colours, drawing and words of coded values."""
    west, south, east, north = bounds_of(snapshot(), _shown_plans())
    return {
        "language": language(),
        "filters": ["q", *FILTERS, "bbox", "polygon"],
        "home": map_link(),
        "bounds": [[south, west], [north, east]],
        "stageColours": STAGE_COLOURS,
        "ink": INK_COLOUR,
        "dark": {"stageColours": DARK_STAGE_COLOURS, "casing": DARK_CASING, "ink": DARK_INK},
        "stageNames": {stage: title(words) for stage, words in STAGES.items()},
        "precisionNames": {precision: title(words) for precision, words in PRECISIONS.items()},
        "drawings": {precision: asdict(drawing) for precision, drawing in DRAWINGS.items()},
        "markRadius": MARK_RADIUS,
        "ringRadius": RING_RADIUS,
        "ringWidth": RING_WIDTH,
        "hollowWidth": HOLLOW_WIDTH,
        "dots": {"dash": DOTS, "radius": DOTTED_RING_RADIUS, "width": DOTTED_RING_WIDTH},
        "area": {
            "wideM": WIDE_M,
            "width": AREA_WIDTH,
            "opacity": AREA_OPACITY,
            "tint": TINT_OPACITY,
            "hatch": {"spacing": HATCH_SPACING, "length": HATCH_LENGTH, "width": HATCH_WIDTH},
        },
        "casing": {"colour": CASING_COLOUR, "width": CASING_WIDTH, "opacity": CASING_OPACITY},
        "texts": {
            "unverified": _("unverified"),
            "counted": _("counted"),
            "sitesHere": _("Sites at this place"),
            "worksHere": _("Works at this place"),
        },
    }


def _shown_plans() -> tuple[DocumentCard, ...]:
    return chosen_plans(snapshot(), page_selection(request.args.items(multi=True)))


def _shown_cities() -> tuple[str, ...]:
    """Give the cities whose base map is drawn: none by name where all are."""
    cities = cities_of(_shown_plans())
    return () if len(cities) == len(snapshot().city_maps) else tuple(cities)


@lru_cache(maxsize=16)
def _parts(
    version: str, cities: tuple[str, ...], outside: tuple[OutsideMap, ...], _root: str
) -> MapParts:
    """Render the map of a snapshot: the same for all its visitors, and slow enough to keep.

    The arguments are all that it depends on; `_root` is where the site lies on its server.
    """
    works_url = url_for("data.works", version=version)
    base_url = url_for("data.base", version=version, city=cities)
    chart = build_map(works_url, bounds_of(snapshot(), _shown_plans()), base_url, outside)
    return render(chart, asset)
