"""The local list of places of a city: load it, and look places up by name.

The data lie under `data/gazetteer` (places, kinds, words, and `cities.csv`, which names the files
of each city) and `data/boundaries` (districts). No city is named in code.
"""

from geo.gazetteer.load import load_gazetteer
from geo.gazetteer.store import Entry, Gazetteer

__all__ = ["Entry", "Gazetteer", "load_gazetteer"]
