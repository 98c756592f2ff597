"""A project as the archive (.qgz) that QGIS keeps it in; same project, same bytes."""

import zipfile
from io import BytesIO
from typing import Final

from layers.qgis.project.document import project_document
from layers.qgis.project.values import Project

_TIME: Final = (1980, 1, 1, 0, 0, 0)
_READABLE: Final = 0o644 << 16
_UNIX: Final = 3


def project_archive(project: Project, name: str) -> bytes:
    """Give the archive; `name` is that of the project file in it, without ending."""
    entry = zipfile.ZipInfo(f"{name}.qgs", _TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = _READABLE
    entry.create_system = _UNIX
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(entry, project_document(project))
    return buffer.getvalue()
