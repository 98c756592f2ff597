"""Fetches a city: its features are asked for, brought into one file and imported."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from shapely.geometry.base import BaseGeometry

from geo.errors import OverpassError
from geo.gazetteer.importing import ImportSummary, import_file
from geo.gazetteer.library import SourceNote
from geo.gazetteer.overpass.asker import Asker
from geo.gazetteer.overpass.gathering import Gatherer
from geo.gazetteer.overpass.keeping import Keep, osm_base, workshop
from geo.gazetteer.overpass.merging import merge
from geo.gazetteer.overpass.pieces import Piece
from geo.gazetteer.overpass.server import URL_VARIABLE

Progress = Callable[[float], None]

# Asking takes minutes where importing takes seconds.
_ASKING_SHARE = 0.9


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a city gave: files of pieces, questions asked for them, the date of the data (UTC)."""

    pieces: int
    asked: int
    date: str
    summary: ImportSummary


@dataclass(frozen=True, slots=True)
class Fetcher:
    """Fetches cities from a server into a library, by way of the answers it keeps."""

    asker: Asker
    keep: Keep
    library: Path

    def fetch(
        self, city: str, area: BaseGeometry, pieces: Iterable[Piece], progress: Progress
    ) -> Fetched:
        """Import the features of a city's pieces.

        Parameters
        ----------
        city
            Its name: a later fetch of the same city replaces what this one imports.
        area
            The city in EPSG:4326; what lies beside it is not imported.
        pieces
            What to ask for, see `pieces.cut`.
        progress
            Called with the share that is done, from 0 to 1.

        Raises
        ------
        OverpassError
            When a piece gets no whole answer: nothing is imported, what is finished stays kept.
        GazetteerError
            When answers cannot be kept or imported.
        """
        with workshop(self.keep) as unfinished:
            whole, merged = tuple(pieces), unfinished / "merged.osm.pbf"
            gatherer = Gatherer(self.asker, self.keep, unfinished)
            files = gatherer.gather(whole, lambda share: progress(share * _ASKING_SHARE))
            if not merge(files, merged):
                raise self._nothing(city, whole)
            date = min(map(osm_base, files))
            summary = import_file(
                merged,
                library=self.library,
                area=area,
                source=_note(city, date),
                progress=lambda share: progress(_ASKING_SHARE + share * (1 - _ASKING_SHARE)),
            )
        return Fetched(len(files), self.asker.asked, date, summary)

    def _nothing(self, city: str, pieces: Iterable[Piece]) -> OverpassError:
        """Make the error for answers that are all empty; they are not kept."""
        self.keep.forget(pieces)
        return OverpassError(
            f"{self.asker.server.url} holds no feature of {city}, perhaps only another part of the "
            f"world: name another server by {URL_VARIABLE}."
        )


def _note(city: str, date: str) -> SourceNote:
    """Say whose data it is; of data of several days the oldest is named."""
    return SourceNote(
        name=f"{city} by Overpass",
        title="OpenStreetMap",
        licence="ODbL-1.0",
        attribution="© OpenStreetMap contributors",
        date=date,
    )
