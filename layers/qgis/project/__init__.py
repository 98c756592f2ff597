"""A QGIS project of works, from plain values: for a GeoPackage, a server's files or a database."""

from layers.qgis.project.archive import project_archive
from layers.qgis.project.document import project_document
from layers.qgis.project.values import Project, ProjectLayer

__all__ = ["Project", "ProjectLayer", "project_archive", "project_document"]
