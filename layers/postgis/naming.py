"""The schema that a file is published to: one for each city and year."""

import re
from typing import Final

import pandas as pd

from geo.errors import DatabaseError
from geo.script import to_simplified
from layers.frames import rows

_LONGEST_BYTES: Final = 63
_RESERVED: Final = ("pg_", "information_schema")
_CHOOSE: Final = "name the schema with --schema"


def schema_name(documents: pd.DataFrame) -> str:
    """Give the name for the documents of a file: `无锡_2020`, `无锡_2019_2021` for three years.

    City names stay Chinese, in simplified script: PostgreSQL takes their characters in names
    without quotes, and there is no spelling in Latin letters that no two cities share.

    Raises
    ------
    DatabaseError
        When the documents are of several cities, or their city gives no name.
    """
    found = list(rows(documents))
    cities = sorted({_letters(one.city) for one in found})
    if len(cities) > 1:
        raise DatabaseError(f"The file holds plans of {', '.join(cities)}: {_CHOOSE}")
    if not cities or not cities[0] or cities[0][0].isdigit():
        raise DatabaseError(f"The file's plans name no city: {_CHOOSE}")
    years = sorted({int(one.year) for one in found if not pd.isna(one.year)})
    ends = years if len(years) < 2 else [years[0], years[-1]]  # noqa: PLR2004  first and last
    return usable("_".join([cities[0], *map(str, ends)]))


def usable(name: str) -> str:
    """Give a schema's name as it is.

    Raises
    ------
    DatabaseError
        When PostgreSQL would shorten it, or keeps it for itself.
    """
    if "\0" in name or not name.isprintable() or not 0 < len(name.encode()) <= _LONGEST_BYTES:
        raise DatabaseError(
            f"{name[:40]!r} cannot be the name of a schema: choose one of 1 to {_LONGEST_BYTES} "
            "bytes (21 Chinese characters) with --schema"
        )
    if name.lower().startswith(_RESERVED):
        raise DatabaseError(f"{name} is a schema of PostgreSQL itself: {_CHOOSE}")
    return name


def _letters(city: str) -> str:
    """Give the letters, digits and underscores of a city's name, in simplified script."""
    return re.sub(r"\W+", "_", to_simplified(city).lower()).strip("_")
