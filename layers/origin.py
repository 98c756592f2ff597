"""Where works are read from: a GeoPackage on the disk, or what is published in a database."""

import hashlib
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from geo.errors import LayersFileError
from layers.geopackage import WorksFile, read_geopackage
from layers.geopackage.source import geopackage_source
from layers.postgis import PostgisOrigin, is_address, read_address
from layers.source import WorksSource

_ATTEMPTS = 3


class Origin(Protocol):
    """What works are read from, and told apart by when it changes; `name` is that of a file."""

    @property
    def name(self) -> str:
        """The name that a GeoPackage of all the works has."""

    def stamp(self) -> str | None:
        """Give a word that changes with the works; None where it cannot be told now."""

    def read(self) -> tuple[str, WorksFile]:
        """Read all works of one moment, with the stamp of that moment."""

    def source(self) -> AbstractContextManager[WorksSource]:
        """Open the works to be read batch by batch."""


@dataclass(frozen=True, slots=True)
class GeoPackageOrigin:
    """A file on the disk."""

    path: Path

    @property
    def name(self) -> str:
        """The file's own name."""
        return self.path.name

    def __str__(self) -> str:
        """Give the path."""
        return str(self.path)

    def stamp(self) -> str | None:
        """Give a word that changes when the file is replaced or written to."""
        try:
            stat = self.path.stat()
        except OSError:
            return None
        facts = f"{stat.st_ino} {stat.st_size} {stat.st_mtime_ns}"
        return hashlib.sha256(facts.encode()).hexdigest()[:16]

    def read(self) -> tuple[str, WorksFile]:
        """Read the file as a whole, again if it is replaced meanwhile.

        Raises
        ------
        LayersFileError
            When the file is missing, damaged, foreign, or replaced all the time.
        """
        for _ in range(_ATTEMPTS):
            before = self.stamp()
            file = read_geopackage(self.path)
            if before is not None and before == self.stamp():
                return before, file
        raise LayersFileError(
            f"{self.path} changes while it is read; try again when the build is done"
        )

    def source(self) -> AbstractContextManager[WorksSource]:
        """Open the file, which was read before, to be read batch by batch."""
        return geopackage_source(self.path, known=True)


def origin_of(where: str | Path) -> Origin:
    """Give what a path or the address of a database (`postgresql://...`) stands for.

    Raises
    ------
    DatabaseError
        When it looks like the address of a database and is none that can be read.
    """
    if isinstance(where, str) and is_address(where):
        return PostgisOrigin(read_address(where))
    return GeoPackageOrigin(Path(where))
