"""The map as one file that opens without a server and asks nothing of any."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from flask import g, render_template

from geo.script import all_to_simplified
from layers.export import Export
from layers.export.geopackage import write_selection
from layers.selection import value_of
from webmap.assets import asset
from webmap.maps import MapParts, build_map, render
from webmap.selection import FACETS
from webmap.store import Snapshot
from webmap.translation import gettext as _
from webmap.views_map import map_values
from webmap.views_shared import details_of, snapshot

MOST_WORKS: Final = 5_000
"""More works than this are too many for one page."""

_WORKS, _BASE = "works", "base"


def write_offline_page(export: Export, path: Path) -> None:
    """Write the page of the map with works, base map, details, scripts and styles inside.

    It is rendered from the same templates as the page of a server that has these works alone.

    Raises
    ------
    RuntimeError
        What GDAL says when it cannot write.
    """
    from webmap import create_app  # noqa: PLC0415  the application knows this module

    with TemporaryDirectory(dir=path.parent) as folder:
        works = Path(folder, "works.gpkg")
        write_selection(export, works)
        app = create_app({"WORKS_FILE": works, "BASE_MAPS": None, "BASE_MAP_URL": None})
        with app.test_request_context(f"/?lang={export.language}&rows={MOST_WORKS}"):
            app.preprocess_request()
            g.offline = True
            path.write_text(_page(export), encoding="utf-8")


def _page(export: Export) -> str:
    return render_template(
        "offline.html",
        parts=_parts(snapshot()),
        work=None,
        content=_content(snapshot()),
        notes=export.notes,
        generator=export.note("generator"),
        **map_values(),
    )


def _parts(present: Snapshot) -> MapParts:
    return render(build_map(_WORKS, present.bounds, _BASE), asset)


def _content(present: Snapshot) -> dict[str, Any]:
    """Give what the page would ask its server for."""
    searched = "".join(work.searched.text for work in present.works)
    return {
        "files": {
            _WORKS: json.loads(present.map_data),
            _BASE: json.loads(present.base_map.geojson),
        },
        "works": [
            {
                "id": work.work_id,
                "values": {name: value_of(work, name) for name in FACETS},
                "searched": work.searched.text,
            }
            for work in present.works
        ],
        "panels": {key: _panel(key) for key in (*_ids(present), *present.sites.by_id)},
        "list": render_template("_list.html", **map_values()),
        "legend": render_template("_legend.html", **map_values()),
        "simplified": _variants(frozenset(searched)),
        "found": _("%(n)s of %(total)s works"),
    }


def _ids(present: Snapshot) -> list[str]:
    return [work.work_id for work in present.works]


def _panel(work_id: str) -> str:
    details = details_of(work_id)
    return render_template(str(details["panel"]), **details) if details else ""


def _variants(characters: frozenset[str]) -> dict[str, str]:
    """Give the traditional forms of characters: a query finds its words in either script."""
    ideographs = list(map(chr, range(0x4E00, 0xA000)))
    pairs = zip(ideographs, all_to_simplified(ideographs), strict=True)
    return {one: simple for one, simple in pairs if one != simple and simple in characters}
