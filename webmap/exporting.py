"""All formats that the command and the web export to: those of the layers, and the offline page."""

from collections.abc import Mapping
from typing import Final

from layers.export import FORMATS as LAYER_FORMATS
from layers.export import Format
from webmap.offline import MOST_WORKS, write_offline_page

FORMATS: Final[Mapping[str, Format]] = {
    **LAYER_FORMATS,
    "html": Format(
        "html",
        "HTML",
        (".html", ".htm"),
        "text/html",
        write_offline_page,
        any_crs=False,
        most=MOST_WORKS,
    ),
}
