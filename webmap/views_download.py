"""Downloads: the works that an address asks for, made for the asker in any format, then gone."""

import re
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import BoundedSemaphore
from typing import Final

from flask import (
    Blueprint,
    Flask,
    Response,
    abort,
    make_response,
    request,
    send_file,
)

from geo.errors import CrsError
from layers.export import (
    Format,
    Wanted,
    file_stem,
    format_of,
    marked_target,
    prepared,
    write_export,
)
from layers.geopackage.copy import copy_geopackage
from webmap.editing import served_file
from webmap.error_pages import error_page
from webmap.exporting import FORMATS
from webmap.selection import strict_selection
from webmap.store import works_store
from webmap.translation import gettext as _
from webmap.translation import language
from webmap.views_shared import snapshot

blueprint = Blueprint("download", __name__)

AT_ONCE: Final = 2
"""Exports that one process makes at a time; each may take a core and half a gigabyte."""

OFFERED: Final = ("xlsx", "csv", "html", "gpkg", "geojson", "shp", "kmz", "fgb", "parquet", "qgz")
"""Formats that pages link to, what planners want most first."""

_ALL: Final = "works"
_RETRY_S: Final = 20
_BUSY: Final = 503
# An address may name a system by its code or a datum; other spellings could name files of ours.
_CRS: Final = re.compile(r"EPSG:\d{4,6}|gcj02|bd09|wgs84", re.IGNORECASE)
_exporting = BoundedSemaphore(AT_ONCE)


def init_app(app: Flask) -> None:
    """Give templates the formats that they link to."""
    app.jinja_env.globals["offered_formats"] = [FORMATS[code] for code in OFFERED]


@blueprint.get("/download/<filename>")
def download(filename: str) -> Response:
    """Give all works or those of a layer in a format: `works.xlsx?theme=metro`, `metro_lines.kml`.

    The parameters are the filters of the map's address, and `crs`; each must be understood.
    """
    told = format_of(filename, FORMATS)
    if told is None:
        abort(404)
    form, ending = told
    name = filename[: -len(ending)]
    if name != _ALL and name not in snapshot().layers:
        abort(404)
    given = list(request.args.items(multi=True))
    selection = strict_selection(pair for pair in given if pair[0] != "crs")
    if form.code == "gpkg" and name == _ALL and not selection.pairs and "crs" not in request.args:
        return _whole_file()
    layers = () if name == _ALL else (name,)
    server = request.url_root if form.code == "qgz" else ""
    file = works_store().origin.name
    return _made(Wanted(selection, layers, _crs(), language(), file, server), form)


def _crs() -> str:
    crs = request.args.get("crs", "EPSG:4326")
    if not _CRS.fullmatch(crs):
        raise CrsError(
            f"{crs[:60]} is no known coordinate system: give one such as EPSG:4490 or gcj02."
        )
    return crs.upper() if ":" in crs else crs


def _whole_file() -> Response:
    """Give the GeoPackage itself, as it is on the disk; from a database it is made anew."""
    path = served_file()
    if path is None:
        return _answered(FORMATS["gpkg"], _copied)
    return send_file(
        path.absolute(),
        mimetype=FORMATS["gpkg"].media_type,
        as_attachment=True,
        download_name=path.name,
        max_age=0,
    )


def _copied(folder: Path) -> Path:
    """Copy all that a database holds; the project in the file finds its layers by its name."""
    path = folder / works_store().origin.name
    with works_store().origin.source() as source:
        copy_geopackage(source, path)
    return path


def _made(wanted: Wanted, form: Format) -> Response:
    return _answered(form, lambda folder: _written(wanted, form, folder))


def _answered(form: Format, write: Callable[[Path], Path]) -> Response:
    if not _exporting.acquire(blocking=False):
        return busy()
    folder = TemporaryDirectory(prefix="planned-works-", ignore_cleanup_errors=True)
    try:
        path = write(Path(folder.name))
        answer = send_file(
            path,
            mimetype=form.media_type,
            as_attachment=True,
            download_name=path.name,
            conditional=False,
            max_age=0,
        )
    except BaseException:
        folder.cleanup()
        raise
    finally:
        _exporting.release()
    answer.direct_passthrough = False  # a server that is handed the file would not say when it ends
    answer.call_on_close(folder.cleanup)
    return answer


def _written(wanted: Wanted, form: Format, folder: Path) -> Path:
    with works_store().origin.source() as source:
        export = prepared(source, wanted, form)
        path = folder / f"{file_stem(export.title, wanted)}{form.ending}"
        path = marked_target(path, export.system, form.ending)
        write_export(export, form, path)
    return path


def busy() -> Response:
    """Say that too much is being made just now, and when to ask again."""
    words = _("Several downloads are being made just now. Please try again in a moment.")
    answer = make_response(error_page(_BUSY, words), _BUSY)
    answer.headers["Retry-After"] = str(_RETRY_S)
    return answer
