"""What `planned-works check` finds: each breach of the promises of a file, by name."""

from pathlib import Path

from layers.check.consistency import consistency_violations
from layers.check.ledger import ledger_violations
from layers.check.places import place_violations
from layers.check.structure import structure_violations
from layers.check.values import value_violations
from layers.check.violation import Violation
from layers.geopackage import read_geopackage
from layers.geopackage.recognise import refuse_foreign

__all__ = ["Violation", "check_geopackage"]


def check_geopackage(path: Path) -> tuple[Violation, ...]:
    """Name each violation in a GeoPackage of ours; empty when it is clean.

    The checks build on each other: where tables or columns are wrong their values are not looked
    at, and where values are missing or of a wrong type the rows are not compared.

    Raises
    ------
    LayersFileError
        When the file is missing, damaged, or was not made by this program.
    """
    refuse_foreign(path)
    violations = structure_violations(path)
    if violations:
        return violations
    violations = value_violations(path)
    if any(violation.rule in {"required", "type"} for violation in violations):
        return violations
    file = read_geopackage(path)
    return (
        *violations,
        *consistency_violations(file),
        *ledger_violations(file),
        *place_violations(file),
    )
