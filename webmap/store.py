"""The works file in memory: read once, and again only when another build has replaced it."""

import hashlib
import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import geopandas as gpd
import numpy as np
import pandas as pd
from shapely.geometry.base import BaseGeometry

from geo.crs import SHIFTED, datum_of
from geo.errors import LayersFileError
from geo.model import Precision
from geo.registers import Slots
from layers.geojson import layer_geojson
from layers.geopackage import WorksFile, read_geopackage
from webmap.basemap import BaseMap, Bounds, base_map_of
from webmap.cards import DocumentCard, WorkCard, document_cards, work_cards
from webmap.edit_cards import EditCard, edit_cards
from webmap.labels import label_points
from webmap.site_cards import SiteCard, Sites, sites_of

_log = logging.getLogger(__name__)
_ATTEMPTS = 3

WHOLE_COUNTRY: Bounds = (97.5, 18.1, 123.0, 41.5)
"""Bounds of a map without any place."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All that one build of the works file shows; pages never mix two of them.

    `layers` holds GeoJSON by layer name, `all_layers` the same features in one collection, each
    with the name of its layer; `works` is in the order of the plans' words; `bounds` are
    those of the cities (west, south, east, north; degrees), `shapes` the works' by id (EPSG:4326).
    """

    version: str
    path: Path
    documents: tuple[DocumentCard, ...]
    works: tuple[WorkCard, ...]
    sites: Sites
    layers: Mapping[str, bytes]
    all_layers: bytes
    base_map: BaseMap
    bounds: Bounds
    shapes: Mapping[str, BaseGeometry]
    edits: Mapping[str, tuple[EditCard, ...]]

    def edits_of(self, work_id: str) -> tuple[EditCard, ...]:
        """Give what people have corrected of a work or site."""
        return self.edits.get(work_id, ())

    def work(self, work_id: str) -> WorkCard | None:
        """Find a work by its id."""
        return next((work for work in self.works if work.work_id == work_id), None)

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
    """Gives the snapshot of the file as it now is; safe from several threads.

    Raises
    ------
    LayersFileError
        On creation, when the file cannot be read. Later a file that cannot be read is logged, and
        the last good snapshot stays.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = Lock()
        self._snapshot = read_snapshot(path)
        self._stamp = self._snapshot.version

    def current(self) -> Snapshot:
        """Give the snapshot of the file as it now is."""
        if _stamp(self._path) not in (None, self._stamp):
            with self._lock:
                self._renew()
        return self._snapshot

    def _renew(self) -> None:
        stamp = _stamp(self._path)
        if stamp in (None, self._stamp):
            return
        try:
            self._snapshot = read_snapshot(self._path)
        except LayersFileError as error:
            _log.warning("The last good works file stays in use: %s", error)
        self._stamp = str(stamp)


def read_snapshot(path: Path) -> Snapshot:
    """Read a works file as a whole, again if it is replaced meanwhile.

    Raises
    ------
    LayersFileError
        When the file is missing, damaged, foreign, or replaced all the time.
    """
    for _ in range(_ATTEMPTS):
        before = _stamp(path)
        works_file = read_geopackage(path)
        if before is not None and before == _stamp(path):
            return _snapshot(works_file, before)
    raise LayersFileError(f"{path} changes while it is read; try again when the build is done")


def _refuse_shifted(file: WorksFile) -> None:
    """Refuse layers whose positions would be drawn hundreds of metres beside the base map."""
    for frame in file.layers.values():
        datum = datum_of(frame.crs.to_wkt()) if frame.crs else None
        if datum in SHIFTED:
            raise LayersFileError(
                f"{file.path} is in {SHIFTED[datum].partition(' ')[0]}, hundreds of metres beside "
                "the base map: serve the file that it was exported from"
            )


def _snapshot(file: WorksFile, version: str) -> Snapshot:
    _refuse_shifted(file)
    documents = document_cards(file.documents)
    works = work_cards(file.works, file.quantities, file.places)
    base_map = base_map_of(sorted({document.city for document in documents}))
    layers = {name: _geojson(frame) for name, frame in file.layers.items()}
    return Snapshot(
        version=version,
        path=file.path,
        documents=documents,
        works=works,
        sites=sites_of(file, works),
        layers=layers,
        all_layers=_together(layers),
        base_map=base_map,
        bounds=base_map.bounds or _bounds(file),
        shapes=_shapes(file),
        edits=edit_cards(file.edits),
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


def _together(layers: Mapping[str, bytes]) -> bytes:
    """Join layers into one collection: a page loads one file faster than twenty."""
    features = []
    for name, data in layers.items():
        for feature in json.loads(data)["features"]:
            feature["properties"]["layer"] = name
            features.append(feature)
    collection = {"type": "FeatureCollection", "features": features}
    return json.dumps(collection, ensure_ascii=False, separators=(",", ":")).encode()


def _bounds(file: WorksFile) -> Bounds:
    """Bounds of the works that lie inside their city, for a city without local data."""
    frames = (frame[frame["precision"] != Precision.OUTSIDE] for frame in file.layers.values())
    found = [frame.to_crs("EPSG:4326").total_bounds for frame in frames if len(frame)]
    if not found:
        return WHOLE_COUNTRY
    corners = np.array(found)
    (west, south), (east, north) = corners[:, :2].min(axis=0), corners[:, 2:].max(axis=0)
    return float(west), float(south), float(east), float(north)


def _stamp(path: Path) -> str | None:
    try:
        stat = path.stat()
    except OSError:
        return None
    facts = f"{stat.st_ino} {stat.st_size} {stat.st_mtime_ns}"
    return hashlib.sha256(facts.encode()).hexdigest()[:16]
