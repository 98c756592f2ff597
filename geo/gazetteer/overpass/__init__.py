"""Asks an Overpass server for a city's named features, and only when it is called."""

from geo.gazetteer.overpass.asker import Asker
from geo.gazetteer.overpass.fetching import Fetched, Fetcher
from geo.gazetteer.overpass.groups import load_groups
from geo.gazetteer.overpass.keeping import Keep, default_keep
from geo.gazetteer.overpass.pieces import Piece, cut
from geo.gazetteer.overpass.server import Server, server_from

__all__ = [
    "Asker",
    "Fetched",
    "Fetcher",
    "Keep",
    "Piece",
    "Server",
    "cut",
    "default_keep",
    "load_groups",
    "server_from",
]
