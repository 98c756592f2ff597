"""What `planned-works check` finds: each breach of the promises of a file, by name."""

from dataclasses import dataclass
from pathlib import Path

from layers.geopackage import read_geopackage


@dataclass(frozen=True, slots=True)
class Violation:
    """One breach: the layer or table and the work (or other row) it is in, the rule, and why."""

    layer: str
    row: str
    rule: str
    problem: str


def check_geopackage(path: Path) -> tuple[Violation, ...]:
    """Name each violation in a GeoPackage of ours; empty when it is clean.

    Raises
    ------
    LayersFileError
        When the file cannot be read as one of ours at all.
    """
    read_geopackage(path)
    return ()
