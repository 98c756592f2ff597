"""Where imported places come from, and under which licence."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SourceNote:
    """One imported file.

    `name` is what tells it from other sources: importing the same name again replaces its places.
    `title` says what kind of data it is (OpenStreetMap), `attribution` is what the licence asks to
    be shown, `date` is the day of the data and `imported` the day of the import (ISO 8601).
    """

    name: str
    title: str
    licence: str
    attribution: str
    date: str = ""
    imported: str = ""
    places: int = 0

    @property
    def credit(self) -> str:
        """What a place of this source names as its source."""
        date = f" of {self.date}" if self.date else ""
        return f"{self.title}: {self.name}{date}"
