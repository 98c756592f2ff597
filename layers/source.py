"""Where works are read from when they are too many to hold: a GeoPackage or a database."""

from collections.abc import Iterator
from typing import Protocol

import pandas as pd
import pyarrow as pa

from layers.origins import Origin
from layers.selection import Selection
from layers.tables import Table


class WorksSource(Protocol):
    """Works, batch by batch, and the tables beside them.

    `crs` names the system of the geometries, as pyproj knows it.
    """

    @property
    def crs(self) -> str:
        """The reference system of all layers."""

    @property
    def layers(self) -> tuple[str, ...]:
        """The layers that have works, in the schema's order."""

    def batches(self, layer: str, selection: Selection) -> Iterator[pa.RecordBatch]:
        """Give the works of a layer that pass: the schema's columns and `geom` (WKB)."""

    def everywhere(self, selection: Selection) -> Iterator[tuple[str, pa.RecordBatch]]:
        """Give the works of all layers that pass, each batch with the name of its layer."""

    def unplaced(self, selection: Selection) -> Iterator[pa.RecordBatch]:
        """Give the works without a place that pass, in the same columns, `geom` empty."""

    def origins(self, layer: str | None, selection: Selection) -> Iterator[Origin]:
        """Count the works of a layer that pass by where they come from; without it the unplaced."""

    def table(self, table: Table) -> pd.DataFrame:
        """Give a table without geometry."""

    def table_batches(self, table: Table) -> Iterator[pa.RecordBatch]:
        """Give a table without geometry batch by batch: the columns stated for it."""
