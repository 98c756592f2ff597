"""The user's own places, imported into one indexed file that outlives upgrades."""

from geo.gazetteer.library.library import Library, Match, open_library
from geo.gazetteer.library.source import SourceNote
from geo.gazetteer.library.writing import LibraryWriter, rewriting

__all__ = ["Library", "LibraryWriter", "Match", "SourceNote", "open_library", "rewriting"]
