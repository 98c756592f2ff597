"""The table `layer_styles`, in which QGIS looks for a layer's default style."""

from collections.abc import Iterable, Iterator
from typing import Final

from layers.qgis.qml import layer_qml, table_qml
from layers.qgis.sld import layer_sld
from layers.schema import LAYERS, Column, Kind
from layers.tables import TABLES_BY_NAME, Table
from layers.titles import Title

_STYLE_NAME: Final = "planned-works"


def _column(name: str, kind: Kind, *, required: bool = True) -> Column:
    return Column(name, kind, Title(name, name, name), required)


# The names, order and empty (not null) catalogue and schema are what QGIS asks for.
STYLES = Table(
    "layer_styles",
    Title("图层样式", "圖層樣式", "layer styles"),
    (
        _column("f_table_catalog", "text"),
        _column("f_table_schema", "text"),
        _column("f_table_name", "text"),
        _column("f_geometry_column", "text"),
        _column("styleName", "text"),
        _column("styleQML", "text"),
        _column("styleSLD", "text"),
        _column("useAsDefault", "bool"),
        _column("description", "text"),
        _column("owner", "text"),
        _column("ui", "text", required=False),
        _column("update_time", "datetime"),
    ),
)


def style_rows(
    layers: Iterable[str], tables: Iterable[str] = (), *, geometry_column: str, time: str
) -> Iterator[tuple[object, ...]]:
    """Give the default style of each layer and table, as rows of `STYLES`."""
    for name in layers:
        layer = LAYERS[name]
        yield _row(name, geometry_column, layer_qml(layer), layer_sld(layer), layer.title, time)
    for name in tables:
        table = TABLES_BY_NAME[name]
        yield _row(name, "", table_qml(table), "", table.title, time)


def _row(  # noqa: PLR0913, PLR0917  # one for each column that differs
    name: str, geometry_column: str, qml: str, sld: str, title: Title, time: str
) -> tuple[object, ...]:
    style = (geometry_column, _STYLE_NAME, qml, sld, True, title.en)
    return ("", "", name, *style, "", None, time)
