"""A QGIS project whose layers are read from a server that is asked for the same works."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import shapely

from geo.errors import SelectionError
from geo.model import Precision
from layers.attribution import Credit, credits_of
from layers.description import PROGRAM, Bounds, Description, PlanText, place_and_time
from layers.export.batches import placed, shapes_of
from layers.export.model import Export
from layers.qgis.project import Project, ProjectLayer, project_archive
from layers.schema import LAYERS
from layers.tables import DOCUMENTS
from layers.titles import Title


@dataclass(slots=True)
class _Look:
    """What a look through the works of a layer tells."""

    stages: set[str] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)
    origins: set[tuple[str | None, str | None]] = field(default_factory=set)
    bounds: list[Bounds] = field(default_factory=list)


def write_qgis_project(export: Export, path: Path) -> None:
    """Write a .qgz: theme groups, styles and forms as in a works file, rows from the server.

    QGIS asks the server anew whenever the project is opened, so that it shows its present build.

    Raises
    ------
    SelectionError
        When the export names no server.
    """
    if not export.server:
        raise SelectionError("A QGIS project reads from a server: name its address by --server.")
    looks = {name: look for name in export.layers if (look := _look(export, name)).documents}
    texts = tuple(_texts(export))
    layers = tuple(_layer(export, name, look, texts) for name, look in looks.items())
    where = place_and_time(texts)
    found = [credit for layer in layers for credit in layer.description.credits]
    title = Title(f"规划工程 {where}", f"規劃工程 {where}", f"planned works {where}")
    project = Project(
        description=Description(
            export.file, title, texts, _all(found), PROGRAM, None, tuple(_notes(export))
        ),
        provider="ogr",
        crs=export.system.crs,
        bounds=_around(bounds for look in looks.values() for bounds in look.bounds),
        layers=layers,
        tables=(),
    )
    path.write_bytes(project_archive(project, Path(export.file).stem))


def _look(export: Export, name: str) -> _Look:
    look = _Look()
    for batch in placed(export, name):
        rows = batch.select(["stage", "document_id", "source", "licence"]).to_pydict()
        look.stages.update(rows["stage"])
        look.documents.update(rows["document_id"])
        look.origins.update(zip(rows["source"], rows["licence"], strict=True))
        inside = np.array(batch.column("precision").to_pylist()) != Precision.OUTSIDE
        if inside.any():
            west, south, east, north = shapely.total_bounds(shapes_of(batch)[inside]).tolist()
            look.bounds.append((west, south, east, north))
    return look


def _layer(export: Export, name: str, look: _Look, texts: tuple[PlanText, ...]) -> ProjectLayer:
    description = Description(
        identifier=name,
        title=LAYERS[name].title,
        texts=tuple(text for text in texts if text.document_id in look.documents),
        credits=credits_of(look.origins),
        program=PROGRAM,
        bounds=_around(look.bounds),
    )
    address = export.selection.address
    source = f"{export.server}/download/{name}.geojson{f'?{address}' if address else ''}"
    return ProjectLayer(name, source, description, tuple(sorted(look.stages)))


def _notes(export: Export) -> Iterator[str]:
    for note in export.notes:
        yield f"{note.title.hans} {note.title.en}: {' | '.join(note.text.splitlines())}"


def _texts(export: Export) -> Iterator[PlanText]:
    for batch in export.source.table_batches(DOCUMENTS):
        for row in batch.drop_columns(["full_text"]).to_pylist():
            words = (row["document_id"], row["title"], row["city"])
            yield PlanText(*words, row["year"], row["issuer"] or "", row["sha256"])


def _all(found: Iterable[Credit]) -> tuple[Credit, ...]:
    return credits_of((one.source, one.licence) for one in found)


def _around(found: Iterable[Bounds]) -> Bounds | None:
    boxes = list(found)
    if not boxes:
        return None
    west, south, east, north = zip(*boxes, strict=True)
    return min(west), min(south), max(east), max(north)
