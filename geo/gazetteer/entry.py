"""One name of a place, as a gazetteer answers it."""

from dataclasses import dataclass

from geo.model import Place


@dataclass(frozen=True, slots=True)
class Entry:
    """One name of a place as the gazetteer writes it; `is_alias` where it is not its full name."""

    place: Place
    words: str
    is_alias: bool
