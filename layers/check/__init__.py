"""What `planned-works check` finds: each breach of the promises of a file, by name."""

from pathlib import Path
from typing import Final

from layers.check.companions import companion_violations
from layers.check.consistency import consistency_violations
from layers.check.ledger import ledger_violations
from layers.check.places import place_violations
from layers.check.sites import site_violations
from layers.check.structure import structure_violations
from layers.check.values import value_violations
from layers.check.violation import Violation
from layers.geopackage import WorksFile
from layers.geopackage.read import works_file
from layers.geopackage.recognise import recognised
from layers.postgis import Address, postgis_source
from layers.postgis.read import incomplete, works_of

__all__ = ["Violation", "check_geopackage", "check_postgis"]

# Rules whose breach leaves no rows that could be compared.
_UNREADABLE: Final = frozenset({"schema", "crs", "style", "required", "type"})


def check_geopackage(path: Path) -> tuple[Violation, ...]:
    """Name each violation in a GeoPackage of ours; empty when it is clean.

    The checks build on each other: where tables or columns are wrong their values are not looked
    at, and where values are missing or of a wrong type the rows are not compared. What goes with
    the rows (project, words, metadata) is looked at in any case.

    Raises
    ------
    LayersFileError
        When the file is missing, damaged, or was not made by this program.
    """
    with recognised(path) as database:
        companions = companion_violations(database, path.name)
        violations = structure_violations(database) or value_violations(database)
        if any(violation.rule in _UNREADABLE for violation in violations):
            return (*violations, *companions)
        file = works_file(database)
    return (*violations, *companions, *_row_violations(file))


def check_postgis(address: Address) -> tuple[Violation, ...]:
    """Name each violation in a published schema; its tables see to types and codes themselves.

    Raises
    ------
    DatabaseError
        When the database cannot be reached, refuses, or holds no such schema of ours.
    """
    with postgis_source(address) as source:
        unfilled = tuple(
            Violation(table, row, "required", f"has no {column}")
            for table, row, column in incomplete(source)
        )
        if unfilled:  # as in a file, rows without values are not compared
            return unfilled
        file = works_of(source)
    return _row_violations(file)


def _row_violations(file: WorksFile) -> tuple[Violation, ...]:
    return (
        *consistency_violations(file),
        *ledger_violations(file),
        *place_violations(file),
        *site_violations(file),
    )
