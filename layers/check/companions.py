"""What a file holds beside its rows: a project, the words of columns and codes, metadata."""

import re
import sqlite3
import zipfile
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from typing import Final

from layers.check.expected import columns_of
from layers.check.violation import Violation
from layers.geopackage.read import present_layers

_SOURCE: Final = re.compile(r"<datasource>\./([^<|]*)\|layername=(\w+)")
_LARGEST_PROJECT: Final = 200_000_000
_UNREADABLE: Final = (ValueError, TypeError, zipfile.BadZipFile, NotImplementedError, EOFError)


def companion_violations(database: sqlite3.Connection, file: str) -> tuple[Violation, ...]:
    """Compare what goes with the rows of a file of this name with what the schema promises."""
    return (
        *_project(database, file),
        *_columns(database),
        *_codes(database),
        *_metadata(database),
    )


def _project(database: sqlite3.Connection, file: str) -> Iterator[Violation]:
    found = _rows(database, "SELECT name, content FROM qgis_projects ORDER BY name")
    if not found:
        yield Violation("qgis_projects", "", "project", "the file has no QGIS project")
    for name, content in found:
        sources = _sources(content)
        if sources is None:
            yield Violation("qgis_projects", str(name), "project", "cannot be read")
            continue
        for other in sorted({where for where, _ in sources} - {file}):
            problem = f"looks for its layers in {other}; give the file that name or build it again"
            yield Violation("qgis_projects", str(name), "project", problem)
        for layer in set(present_layers(database)) - {layer for _, layer in sources}:
            yield Violation(layer, "", "project", f"is not in the project {name}")


def _sources(content: object) -> list[tuple[str, str]] | None:
    """Give the file and layer of each source that a project names beside itself."""
    try:
        with zipfile.ZipFile(BytesIO(bytes.fromhex(str(content)))) as archive:
            inside = next(one for one in archive.infolist() if one.filename.endswith(".qgs"))
            with archive.open(inside) as project:
                text = project.read(_LARGEST_PROJECT).decode(errors="replace")
    except (*_UNREADABLE, StopIteration, RuntimeError):
        return None
    return [(unescape(where), layer) for where, layer in _SOURCE.findall(text)]


def _columns(database: sqlite3.Connection) -> Iterator[Violation]:
    """Name each column that the file does not describe, or not as the schema does."""
    query = "SELECT table_name, column_name, title, constraint_name FROM gpkg_data_columns"
    described = {(table, name): tuple(words) for table, name, *words in _rows(database, query)}
    for table, columns in columns_of(database):
        for column in columns:
            expected = (column.title.hans, column.name if column.values else None)
            if described.get((table, column.name)) != expected:
                problem = f"gpkg_data_columns does not describe {column.name}"
                yield Violation(table, "", "domains", problem)


def _codes(database: sqlite3.Connection) -> Iterator[Violation]:
    query = "SELECT constraint_name, value, description FROM gpkg_data_column_constraints"
    known = set(_rows(database, query))
    coded = {column.name: column for _, columns in columns_of(database) for column in columns}
    for name, column in coded.items():
        for code, title in column.values:
            if (name, str(code), title.hans) not in known:
                problem = f"gpkg_data_column_constraints has no words for {name} {code}"
                yield Violation("codes", str(code), "domains", problem)


def _metadata(database: sqlite3.Connection) -> Iterator[Violation]:
    query = (
        "SELECT DISTINCT table_name FROM gpkg_metadata_reference "
        "JOIN gpkg_metadata ON id = md_file_id WHERE metadata <> ''"
    )
    described = {name for (name,) in _rows(database, query)}
    if None not in described:
        yield Violation("gpkg_metadata", "", "metadata", "the file is not described")
    for name in present_layers(database):
        if name not in described:
            yield Violation(name, "", "metadata", "has no sources, licences and lineage")


def _rows(database: sqlite3.Connection, query: str) -> list[tuple[object, ...]]:
    """Give the rows of a table of an extension; none where it is missing or another's."""
    try:
        return database.execute(query).fetchall()
    except sqlite3.OperationalError:
        return []
