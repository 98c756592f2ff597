"""What a project is made of: layers and tables with their sources, and how they are described."""

from dataclasses import dataclass
from typing import Literal

import pyproj

from layers.description import Bounds, Description

Provider = Literal["ogr", "postgres"]


@dataclass(frozen=True, slots=True)
class ProjectLayer:
    """A layer or table of the schema, by its name there, and where its rows are read from.

    `source` is as the provider words it: `./works.gpkg|layername=metro_lines`,
    `/vsicurl/https://...|layername=...`, or the parameters of a database. `stages` are those that
    its rows have, which its legend shows; all of them where none are named. The bounds of the
    `description` are in the project's CRS.
    """

    name: str
    source: str
    description: Description
    stages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Project:
    """Layers and tables that are opened together.

    All layers are in `crs`, and `bounds` (in its units, None where nothing is known) is what the
    map shows first: the cities of the works.
    """

    description: Description
    provider: Provider
    crs: pyproj.CRS
    bounds: Bounds | None
    layers: tuple[ProjectLayer, ...]
    tables: tuple[ProjectLayer, ...]
