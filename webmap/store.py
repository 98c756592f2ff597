"""The works in memory: read once, and again only when their file or database has changed."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import cast

import geopandas as gpd
import numpy as np
import pandas as pd
from flask import current_app
from shapely.geometry.base import BaseGeometry

from geo.crs import SHIFTED, datum_of
from geo.errors import DatabaseError, LayersError, LayersFileError
from geo.model import Precision
from geo.registers import Slots
from layers.geojson import layer_geojson
from layers.geopackage import WorksFile
from layers.origin import Origin, origin_of
from webmap.basemap import BaseMap, Bounds, base_map_of, together
from webmap.cards import DocumentCard, WorkCard, clause_counts, document_cards, work_cards
from webmap.clause_cards import ClauseCard, clause_cards
from webmap.edit_cards import EditCard, edit_cards
from webmap.labels import label_points
from webmap.map_data import map_data
from webmap.neighbours import Neighbours
from webmap.selection import FACETS, values_of
from webmap.site_cards import SiteCard, Sites, sites_of

_log = logging.getLogger(__name__)
_KEPT = "The last good works stay in use: %s"

WHOLE_COUNTRY: Bounds = (97.5, 18.1, 123.0, 41.5)
"""Bounds of a map without any place."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All that one build of the works shows; pages never mix two of them.

    `layers` holds GeoJSON by layer name, `map_data` what the map draws of them all; `works` is in
    the order of the plans' words; `bounds` are those of the cities (west, south, east, north;
    degrees), `shapes` the works' by id (EPSG:4326). `city_maps` holds what `base_map` draws of each
    city, `clause_counts` for each document how many clauses were read and how many gave works;
    `values` holds by filter the values that works have, in the order of the plans' words.
    """

    version: str
    documents: tuple[DocumentCard, ...]
    works: tuple[WorkCard, ...]
    sites: Sites
    layers: Mapping[str, bytes]
    map_data: bytes
    base_map: BaseMap
    city_maps: Mapping[str, BaseMap]
    bounds: Bounds
    shapes: Mapping[str, BaseGeometry]
    neighbours: Neighbours
    edits: Mapping[str, tuple[EditCard, ...]]
    clauses: Mapping[str, tuple[ClauseCard, ...]]
    clause_counts: Mapping[str, tuple[int, int]]
    values: Mapping[str, tuple[str, ...]]
    works_by_id: Mapping[str, WorkCard]

    def clauses_of(self, document_id: str) -> tuple[ClauseCard, ...]:
        """Give the ledger of a document, in the order of its words."""
        return self.clauses.get(document_id, ())

    def edits_of(self, work_id: str) -> tuple[EditCard, ...]:
        """Give what people have corrected of a work or site."""
        return self.edits.get(work_id, ())

    def work(self, work_id: str) -> WorkCard | None:
        """Find a work by its id."""
        return self.works_by_id.get(work_id)

    def site(self, site_id: str) -> SiteCard | None:
        """Find a site of a counted work by its id."""
        return self.sites.by_id.get(site_id)

    def sites_of(self, work_id: str) -> tuple[SiteCard, ...]:
        """Give the sites and groups of a counted work, the surest first."""
        return self.sites.by_work.get(work_id, ())

    def slots(self, work_id: str) -> Slots | None:
        """Give what is known of a counted work; None where it promises no number."""
        return self.sites.slots.get(work_id)

    def document(self, document_id: str) -> DocumentCard | None:
        """Find a document by its id."""
        return next((one for one in self.documents if one.document_id == document_id), None)

    def works_of(self, document_id: str) -> list[WorkCard]:
        """Give the works of one document in the order of its words."""
        return [work for work in self.works if work.document_id == document_id]

    def beside(self, work: WorkCard) -> list[WorkCard]:
        """Give the other works whose sentence is, or overlaps, that of a work."""
        return [
            other
            for other in self.works_of(work.document_id)
            if other.start < work.end and other.end > work.start and other is not work
        ]


class WorksStore:
    """Gives the snapshot of the works as they now are; safe from several threads.

    `where` is the path of a GeoPackage or the address of a database.

    Raises
    ------
    LayersError
        On creation, when the works cannot be read. Later works that cannot be read are logged, and
        the last good snapshot stays.
    """

    def __init__(self, where: str | Path) -> None:
        self.origin: Origin = origin_of(where)
        self._lock = Lock()
        self._snapshot = read_snapshot(self.origin)
        self._stamp = self._snapshot.version

    def current(self) -> Snapshot:
        """Give the snapshot of the works as they now are."""
        if self.origin.stamp() not in (None, self._stamp):
            with self._lock:
                self._renew()
        return self._snapshot

    def _renew(self) -> None:
        stamp = self.origin.stamp()
        if stamp in (None, self._stamp):
            return
        try:
            self._snapshot = read_snapshot(self.origin)
        except DatabaseError as error:  # which may be there again without any change
            _log.warning(_KEPT, error)
        except LayersError as error:
            _log.warning(_KEPT, error)
            self._stamp = str(stamp)
        else:
            self._stamp = self._snapshot.version


def works_store() -> WorksStore:
    """Give the store of the application that answers at present."""
    return cast("WorksStore", current_app.extensions["works"])


def read_snapshot(origin: Origin) -> Snapshot:
    """Read all works of one moment.

    Raises
    ------
    LayersError
        When they cannot be read.
    """
    version, works = origin.read()
    _refuse_shifted(works, str(origin))
    return _snapshot(works, version)


def _refuse_shifted(file: WorksFile, where: str) -> None:
    """Refuse layers whose positions would be drawn hundreds of metres beside the base map."""
    for frame in file.layers.values():
        datum = datum_of(frame.crs.to_wkt()) if frame.crs else None
        if datum in SHIFTED:
            raise LayersFileError(
                f"{where} is in {SHIFTED[datum].partition(' ')[0]}, hundreds of metres beside "
                "the base map: serve the file that it was exported from"
            )


def _snapshot(file: WorksFile, version: str) -> Snapshot:
    documents = document_cards(file.documents)
    works = work_cards(file.works, file.quantities, file.places)
    city_maps = {city: base_map_of(city) for city in sorted({one.city for one in documents})}
    base_map = together(list(city_maps.values()))
    sites = sites_of(file, works)
    shapes = _shapes(file)
    return Snapshot(
        version=version,
        documents=documents,
        works=works,
        sites=sites,
        layers={name: _geojson(frame) for name, frame in file.layers.items()},
        map_data=map_data(file.layers, sites.slots),
        base_map=base_map,
        city_maps=city_maps,
        bounds=base_map.bounds or _bounds(file),
        shapes=shapes,
        neighbours=Neighbours(works, shapes),
        edits=edit_cards(file.edits),
        clauses=clause_cards(file.clauses),
        clause_counts=clause_counts(file.clauses),
        values={name: tuple(values_of(works, name)) for name in FACETS},
        works_by_id={work.work_id: work for work in works},
    )


def _shapes(file: WorksFile) -> dict[str, BaseGeometry]:
    moved = (frame.to_crs("EPSG:4326") for frame in file.layers.values())
    return {
        one: shape
        for frame in moved
        for one, shape in zip(frame["work_id"], frame.geometry, strict=True)
    }


def _geojson(frame: gpd.GeoDataFrame) -> bytes:
    """Give a layer as GeoJSON, with what only the web needs: where an area's mark may stand."""
    labels = pd.Series(label_points(frame), index=frame.index, dtype="object")
    return layer_geojson(frame.assign(label=labels)).encode()


def _bounds(file: WorksFile) -> Bounds:
    """Bounds of the works that lie inside their city, for a city without local data."""
    frames = (frame[frame["precision"] != Precision.OUTSIDE] for frame in file.layers.values())
    found = [frame.to_crs("EPSG:4326").total_bounds for frame in frames if len(frame)]
    if not found:
        return WHOLE_COUNTRY
    corners = np.array(found)
    (west, south), (east, north) = corners[:, :2].min(axis=0), corners[:, 2:].max(axis=0)
    return float(west), float(south), float(east), float(north)
