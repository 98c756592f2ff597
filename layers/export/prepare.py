"""From what a person asks for to an export: counted and credited before a file is begun."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from geo.crs import SHIFTED, Datum, crs_of, datum_of
from geo.errors import CrsError, EmptySelectionError, SelectionError
from layers.attribution import Credits
from layers.export.formats import Format
from layers.export.model import Counts, Export, System, Wanted
from layers.export.notes import Found, notes_of, title_of
from layers.origins import Origin
from layers.schema import LAYERS
from layers.source import WorksSource
from layers.tables import DOCUMENTS


@dataclass(slots=True)
class _Survey:
    """What a first look at the works tells, before any file is begun."""

    placed: int = 0
    unplaced: int = 0
    credits: Credits = field(default_factory=Credits)
    documents: set[str] = field(default_factory=set)

    def count(self, origins: Iterable[Origin]) -> int:
        """Note sources, licences and documents; say how many works they have."""
        works = 0
        for origin in origins:
            self.credits.add(origin.source, origin.licence)
            self.documents.add(origin.document_id)
            works += origin.works
        return works


def prepared(source: WorksSource, wanted: Wanted, form: Format) -> Export:
    """Look through what is asked for, before any file is begun.

    Raises
    ------
    SelectionError
        When a layer is unknown, no work passes, or more pass than the format holds.
    CrsError
        When the system is unknown, or the format knows only WGS-84.
    """
    system = system_of(wanted.crs)
    if not form.any_crs and not system.is_wgs84:
        raise CrsError(f"{form.name} is always in WGS-84: leave the coordinate system out.")
    layers = _layers(source, wanted)
    whole = not wanted.layers
    found = _survey(source, wanted, layers, whole=whole)
    counts = Counts(found.placed, found.unplaced)
    _refuse(counts, form)
    documents = list(_documents(source, found.documents))
    return Export(
        source=source,
        selection=wanted.selection,
        layers=layers,
        whole=whole,
        system=system,
        title=title_of(documents),
        notes=notes_of(wanted, form, system, Found(counts, found.credits, documents)),
        counts=counts,
        language=wanted.language,
        server=wanted.server.rstrip("/"),
    )


def system_of(name: str) -> System:
    """Give a coordinate system by code, well-known text or the name of a datum.

    Raises
    ------
    CrsError
        When it is unknown or has no plane coordinates.
    """
    crs, datum = crs_of(name), datum_of(name)
    if datum in SHIFTED:
        return System(str(datum), crs, SHIFTED[datum].split(" (", maxsplit=1)[0])
    if datum is Datum.WGS84:
        return System("EPSG:4326", crs)
    authority = crs.to_authority(min_confidence=100)
    return System(":".join(authority) if authority else name, crs)


def _layers(source: WorksSource, wanted: Wanted) -> tuple[str, ...]:
    for name in wanted.layers:
        if name not in source.layers:
            what = "has no works" if name in LAYERS else "is no layer"
            there = ", ".join(source.layers) or "none"
            raise SelectionError(f"{name[:40]} {what} here: the layers with works are {there}.")
    return tuple(name for name in source.layers if not wanted.layers or name in wanted.layers)


def _survey(
    source: WorksSource, wanted: Wanted, layers: tuple[str, ...], *, whole: bool
) -> _Survey:
    found = _Survey()
    for name in layers:
        found.placed += found.count(source.origins(name, wanted.selection))
    if whole:
        found.unplaced = found.count(source.origins(None, wanted.selection))
    return found


def _refuse(counts: Counts, form: Format) -> None:
    held = form.held(counts)
    if not counts.total:
        raise EmptySelectionError("No work passes these filters: nothing is written.")
    if not held:
        raise EmptySelectionError(
            f"None of the {counts.total} works has a place, and {form.name} holds no others: "
            "choose csv, xlsx or geojson."
        )
    if form.most is not None and held > form.most:
        raise SelectionError(
            f"{form.name} holds at most {form.most:,} works, these are {held:,}: filter them by "
            "theme, district or words, or choose another format."
        )


def _documents(source: WorksSource, wanted: set[str]) -> Iterator[dict[str, object]]:
    for batch in source.table_batches(DOCUMENTS):
        for row in batch.drop_columns(["full_text"]).to_pylist():
            if row["document_id"] in wanted:
                yield row
