"""Works against layers, and works against the words of their document."""

from collections import Counter
from collections.abc import Iterator

from geo.model import Precision
from layers.check.violation import Violation
from layers.frames import rows
from layers.geopackage import WorksFile


def consistency_violations(file: WorksFile) -> tuple[Violation, ...]:
    """Compare tables and layers with each other, row by row."""
    return (
        *_duplicates(file),
        *_missing_rows(file),
        *_rows_without_work(file),
        *_themes(file),
        *_sentences(file),
        *_counts(file),
    )


def _layer_of(file: WorksFile) -> dict[str, list[str]]:
    """Map the id of each work to the layers that hold a row of it, one entry for each row."""
    found: dict[str, list[str]] = {}
    for name, frame in file.layers.items():
        for work_id in frame["work_id"]:
            found.setdefault(work_id, []).append(name)
    return found


def _duplicates(file: WorksFile) -> Iterator[Violation]:
    for work_id, count in Counter(file.works["work_id"]).items():
        if count > 1:
            yield Violation("works", work_id, "duplicate", f"is there {count} times")
    for work_id, names in _layer_of(file).items():
        if len(names) > 1:
            yield Violation(
                names[0], work_id, "duplicate", f"is more than one row: {', '.join(names)}"
            )


def _missing_rows(file: WorksFile) -> Iterator[Violation]:
    layers = _layer_of(file)
    tables = {"works": file.works, "sites": file.sites.rename(columns={"site_id": "work_id"})}
    for name, table in tables.items():
        for row in rows(table):
            located = row.precision != Precision.UNLOCATED
            problem = _layer_problem(row.layer, layers.get(row.work_id, []), located=located)
            if problem:
                yield Violation(name, row.work_id, "layer", problem)


def _layer_problem(named: str | None, found: list[str], *, located: bool) -> str:
    if not located:
        return "is not located and yet names or has a layer" if named or found else ""
    if not found:
        return "is located by its precision and has a row in no layer"
    return "" if named in found else f"names the layer {named} and is in {found[0]}"


def _rows_without_work(file: WorksFile) -> Iterator[Violation]:
    works, sites = set(file.works["work_id"]), set(file.sites["site_id"])
    for work_id, names in _layer_of(file).items():
        if work_id not in works | sites:
            yield Violation(names[0], work_id, "layer", "is in neither of the tables works, sites")
    named = {
        "quantities": file.quantities["work_id"],
        "slots": file.slots["work_id"],
        "sites": file.sites["part_of"],
        "candidates": file.candidates[~file.candidates["work_id"].isin(sites)]["work_id"],
        "built": file.built[~file.built["work_id"].isin(sites)]["work_id"],
    }
    for name, ids in named.items():
        for work_id in sorted(set(ids) - works):
            yield Violation(name, work_id, "layer", "is no work of the table works")


def _themes(file: WorksFile) -> Iterator[Violation]:
    for name, frame in file.layers.items():
        for work_id, theme in zip(frame["work_id"], frame["theme"], strict=True):
            if not name.startswith(f"{theme}_"):
                yield Violation(name, work_id, "theme", f"has the theme {theme}")


def _sentences(file: WorksFile) -> Iterator[Violation]:
    texts = dict(zip(file.documents["document_id"], file.documents["full_text"], strict=True))
    frames = {"works": file.works, **file.layers}
    for name, frame in frames.items():
        for row in rows(frame):
            text = texts.get(row.document_id)
            if text is None:
                problem = f"names a document that is not in the file: {row.document_id}"
                yield Violation(name, row.work_id, "document", problem)
            elif text[row.start : row.end] != row.sentence:
                problem = f"differs from the document's characters {row.start} to {row.end}"
                yield Violation(name, row.work_id, "sentence", problem)


def _counts(file: WorksFile) -> Iterator[Violation]:
    noted = dict(zip(file.build["key"], file.build["value"], strict=True))
    precisions = list(file.works["precision"])
    counted = precisions.count(Precision.CITY)
    unlocated = precisions.count(Precision.UNLOCATED)
    found = {
        "works": len(precisions),
        "placed": len(precisions) - counted - unlocated,
        "counted": counted,
        "unlocated": unlocated,
        "sites": len(file.sites),
        "clauses": len(file.clauses),
        "documents": len(file.documents),
    }
    for key, count in found.items():
        if noted.get(key) != str(count):
            yield Violation("build", key, "count", f"says {noted.get(key)}, there are {count}")
