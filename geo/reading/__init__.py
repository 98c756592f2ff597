"""From words to works: one step a file, their order in `pipeline`."""

from geo.reading.extractors import Extractor, ProposedWork
from geo.reading.pipeline import read_works

__all__ = ["Extractor", "ProposedWork", "read_works"]
