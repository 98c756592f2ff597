"""The file as a plain SQLite database, with its damages told in one sentence."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Final, NoReturn

from shapely.errors import ShapelyError

from geo.errors import LayersFileError, PlannedWorksError

# What SQLite, the map libraries and the frames raise on content that no sane file has.
SIGNS_OF_DAMAGE: Final = (
    sqlite3.Error,
    TypeError,
    ValueError,
    LookupError,
    ArithmeticError,
    ShapelyError,
)
_LONGEST = 120


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a database to read only; text that is no UTF-8 comes with its bad bytes replaced.

    Raises
    ------
    LayersFileError
        When what is done with it shows that it is damaged.
    """
    address = f"{path.absolute().as_uri()}?mode=ro"
    with (
        damage_told(path),
        closing(sqlite3.connect(address, uri=True, isolation_level=None)) as database,
    ):
        database.text_factory = partial(str, encoding="utf-8", errors="replace")
        database.execute("BEGIN")  # all that is read is of one moment
        yield database


@contextmanager
def damage_told(path: Path) -> Iterator[None]:
    """Say in one line what the reading of a file's rows raises when they make no sense."""
    try:
        yield
    except PlannedWorksError:
        raise
    except SIGNS_OF_DAMAGE as error:
        refuse_damaged(path, error)


def refuse_damaged(path: Path, why: object) -> NoReturn:
    """Say in one line that a file is damaged."""
    reason = " ".join(str(why).split())[:_LONGEST]
    raise LayersFileError(f"{path} is damaged ({reason}); build it again")
