"""Works in the formats that planners and GIS staff ask for: each written batch by batch."""

from layers.export.formats import FORMATS, Format, format_of
from layers.export.model import Export, Wanted
from layers.export.naming import file_stem, marked_target
from layers.export.prepare import prepared
from layers.export.writing import write_export

__all__ = [
    "FORMATS",
    "Export",
    "Format",
    "Wanted",
    "file_stem",
    "format_of",
    "marked_target",
    "prepared",
    "write_export",
]
