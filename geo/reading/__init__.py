"""From words to works: one step a file, their order in `pipeline`."""

from geo.reading.extractors import Extractor, ProposedWork
from geo.reading.pipeline import Watch, read_works

__all__ = ["Extractor", "ProposedWork", "Watch", "read_works"]
