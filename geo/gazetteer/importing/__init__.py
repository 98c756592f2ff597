"""Reads files of places, of OpenStreetMap and others, into the library."""

from geo.gazetteer.importing.choosing import Given
from geo.gazetteer.importing.importer import import_file
from geo.gazetteer.importing.summary import ImportSummary

__all__ = ["Given", "ImportSummary", "import_file"]
