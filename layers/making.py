"""From documents to plans that can be written: read, placed, and corrected as people left them."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from geo.document import split_passages
from geo.errors import EditsError, OutputError
from geo.gazetteer import Gazetteer, load_gazetteer
from geo.geocode import GazetteerGeocoder, Geocoder, place_works
from geo.home import home_path
from geo.model import Document, Reading, Work
from geo.reading import Watch, read_works
from geo.registers import Register, known_registers, listed_sites, place_sites
from layers.build import Plan
from layers.edits.applying import Applied, apply_edits
from layers.edits.log import EditLog
from layers.edits.sides import records
from layers.geopackage import write_geopackage
from layers.geopackage.atomic import one_at_a_time
from layers.geopackage.read import read_table
from layers.geopackage.recognise import recognised
from layers.tables import BUILD, DOCUMENTS

Told = Callable[[int, int], object]
"""Hears how much of how much is done."""


def edit_log() -> EditLog:
    """Give the log of corrections in the user's folder."""
    return EditLog(home_path("edits.sqlite"))


def place_plan(
    reading: Reading,
    gazetteer: Gazetteer,
    geocoder: Geocoder,
    registers: Sequence[Register],
    works: Iterable[Work] | None = None,
) -> Plan:
    """Place the works of a reading, and the sites that registers name for its counted ones.

    `works` are those of the reading, where progress is to be shown.
    """
    placed = place_works(reading.works if works is None else works, geocoder)
    sites = listed_sites(reading, registers, gazetteer)
    return Plan(reading, placed, place_sites(sites, gazetteer, geocoder))


def read_and_placed(
    document: Document,
    registers: Sequence[Register],
    *,
    watch: Watch | None = None,
    placing: Callable[[tuple[Work, ...]], Iterable[Work]] | None = None,
) -> Plan:
    """Read a document and place its works by the gazetteer of its city.

    `watch` sees each clause as it is read, `placing` passes on the works as they are placed: both
    only show progress.
    """
    gazetteer = load_gazetteer(document.city)
    reading = read_works(document, watch=watch)
    works = placing(reading.works) if placing else None
    return place_plan(reading, gazetteer, GazetteerGeocoder(gazetteer), registers, works)


def corrected(plans: Sequence[Plan]) -> Applied:
    """Apply the corrections of the user's log, and note in it which of them are stale.

    Raises
    ------
    EditsError
        When the log cannot be read or written.
    """
    log = edit_log()
    edits = log.edits()
    applied = apply_edits(plans, edits)
    log.note_stale(edits, applied.stale)
    return applied


def rebuilt(
    path: Path,
    added: Sequence[Document] = (),
    told: Told | None = None,
) -> Applied:
    """Build the documents of a works file anew, as the program and the user's folder now are.

    `added` are documents that the file does not hold yet; `told` hears how many documents of how
    many are built.

    Raises
    ------
    LayersFileError
        When the file is missing, damaged, or was not made by this program.
    EditsError
        When online geocoders have a part in it: nothing is asked of them here.
    """
    geocoders = _notes(path).get("geocoders")
    if geocoders:
        raise EditsError(
            f"{path} was built with online geocoders ({geocoders}), which are not asked "
            "here: build it again with them, and name that file by --against."
        )
    with recognised(path) as database:
        rows = records(read_table(database, DOCUMENTS))
    documents = (*map(_document, rows), *added)
    registers, plans = known_registers(), list[Plan]()
    for number, document in enumerate(documents):
        if told:
            told(number, len(documents))
        plans.append(read_and_placed(document, registers))
    return corrected(plans)


def rebuild(
    path: Path,
    added: Sequence[Document] = (),
    told: Told | None = None,
) -> Applied:
    """Build a works file anew in its place, in the same system of coordinates.

    `added` and `told` are those of `rebuilt`. Rebuilds of one home wait for each other, so that
    none loses what another adds.

    Raises
    ------
    LayersFileError
        When the file is missing, damaged, or was not made by this program.
    EditsError
        When online geocoders have a part in it.
    OutputError
        When the file cannot be written.
    """
    with one_at_a_time(_lock_folder()):
        applied = rebuilt(path, added, told)
        write_geopackage(path, applied.plans, crs=_notes(path)["crs"])
    return applied


def _lock_folder() -> Path:
    folder = home_path("rebuilding")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"{folder}: the folder cannot be made ({error.strerror}); choose another by "
            "PLANNED_WORKS_HOME."
        ) from error
    return folder


def _notes(path: Path) -> dict[str, str]:
    """Give what a works file says of its build."""
    with recognised(path) as database:
        return {row["key"]: row["value"] for row in records(read_table(database, BUILD))}


def _document(row: dict[str, object]) -> Document:
    text, year = str(row["full_text"]), row["year"]
    return Document(
        document_id=str(row["document_id"]),
        title=str(row["title"]),
        city=str(row["city"]),
        year=year if isinstance(year, int) else None,
        issuer=str(row["issuer"] or ""),
        text=text,
        sha256=str(row["sha256"]),
        passages=tuple(split_passages(text)),
        index_number=str(row["index_number"] or ""),
        document_number=str(row["document_number"] or ""),
    )
