"""Which column of a table holds what, by its header in Chinese or English."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from geo.errors import RegisterError
from geo.registers.cells import shown
from geo.registers.words import TOTAL, column_words, is_ending, is_exact, plain

NAME = "name"
_UNIT_BEHIND = re.compile(r"^(?P<words>.+?)[(\[](?P<unit>[^()\[\]]{1,20})[)\]]$")
# Of these several columns may speak; of all others one must be meant.
_JOINED = frozenset({"source", "note", "status", "near", "licence"})
_JOINED_BY = "; "


@dataclass(frozen=True, slots=True)
class Columns:
    """The places of each known column in a row, and the unit that the header of `quantity` has."""

    places: Mapping[str, tuple[int, ...]]
    unit: str

    def values(self, cells: Sequence[str]) -> dict[str, str]:
        """Give the cells of a row by column, those of one column joined."""
        found = {
            column: [cells[place] for place in places if place < len(cells) and cells[place]]
            for column, places in self.places.items()
        }
        return {column: _JOINED_BY.join(texts) for column, texts in found.items()}


@lru_cache(maxsize=256)
def columns_of(path: Path, header: tuple[str, ...]) -> Columns | None:
    """Tell the columns of a header, or give None where none of them holds names.

    Raises
    ------
    RegisterError
        When two columns may be meant by one.
    """
    plainly = [_without_unit(text) for text in header]
    found = _found(plainly)
    if NAME not in found:
        return None
    for column, places in found.items():
        if len(places) > 1 and column not in _JOINED:
            both = " and ".join(shown(header[place]) for place in places[:2])
            raise RegisterError(
                f"{path}: the columns {both} may both be {column}; call the one that is meant "
                f"{column} and the others otherwise."
            )
    quantity = found.get("quantity", ())
    return Columns(found, _unit_of(header[quantity[0]]) if quantity else "")


def _found(headers: Sequence[str]) -> Mapping[str, tuple[int, ...]]:
    """Give the places of each column: by exact words, else by last words that are left."""
    taken: dict[int, str] = {}
    for matches in (is_exact, is_ending):
        known = set(taken.values())
        for column, words in column_words().items():
            if column in known or column == TOTAL:
                continue
            own = (n for n, text in enumerate(headers) if n not in taken and matches(text, words))
            taken.update(dict.fromkeys(own, column))
    found: defaultdict[str, list[int]] = defaultdict(list)
    for place in sorted(taken):
        found[taken[place]].append(place)
    return {column: tuple(places) for column, places in found.items()}


def _without_unit(text: str) -> str:
    match = _UNIT_BEHIND.match(_half_width(text))
    return plain(match["words"] if match else text)


def _unit_of(text: str) -> str:
    match = _UNIT_BEHIND.match(_half_width(text))
    return match["unit"].strip() if match else ""


def _half_width(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()
