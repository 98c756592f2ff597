"""The map of a brief: where it looks, and what it draws."""

from collections.abc import Iterator

from shapely.geometry.base import BaseGeometry

from geo.model import Precision
from geo.script import to_simplified
from webmap.basemap import Bounds, bounds_of
from webmap.brief.base import base_shapes
from webmap.brief.content import Brief
from webmap.brief.frame import frame_round
from webmap.brief.picture import HEIGHT, WIDTH, Drawn, Picture, picture_of
from webmap.store import Snapshot


def brief_picture(brief: Brief, snapshot: Snapshot) -> Picture:
    """Draw the works of a brief that have a place of their own, and the sites of counted ones."""
    by_id = {work.work_id: work for work in brief.found}
    sites = (site for own in brief.sites.values() for site in own)
    drawn = Drawn(
        works={number: by_id[one] for one, number in brief.numbers.items()},
        sites=tuple(site for site in sites if site.site_id in snapshot.shapes),
        shapes=snapshot.shapes,
        area=brief.selection.area,
    )
    frame = frame_round(_bounds(brief, snapshot), WIDTH, HEIGHT)
    return picture_of(drawn, base_shapes(snapshot.base_map.geojson), frame)


def _bounds(brief: Brief, snapshot: Snapshot) -> Bounds:
    """Look at the asked area, else at the asked districts, else at the works, else at the city."""
    area = brief.selection.area
    tries = ((area,) if area else (), _districts(brief, snapshot), _own(brief, snapshot))
    return next(filter(None, map(bounds_of, tries)), snapshot.bounds)


def _districts(brief: Brief, snapshot: Snapshot) -> Iterator[BaseGeometry]:
    asked = frozenset(map(to_simplified, brief.selection.of("district")))
    for one in base_shapes(snapshot.base_map.geojson):
        if one.role == "district" and to_simplified(one.name) in asked:
            yield one.shape


def _own(brief: Brief, snapshot: Snapshot) -> Iterator[BaseGeometry]:
    for work in brief.found:
        if work.mapped and work.precision is not Precision.OUTSIDE:
            yield snapshot.shapes[work.work_id]
