"""The table `layer_styles`, in which QGIS looks for a layer's default style."""

from collections.abc import Iterable, Iterator
from typing import Final

from layers.qgis.qml import family_qml
from layers.qgis.sld import layer_sld
from layers.schema import FAMILIES, LAYERS, Column, Kind
from layers.tables import Table
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
    names: Iterable[str], *, geometry_column: str, time: str
) -> Iterator[tuple[object, ...]]:
    """Give the default style of each layer, as rows of `STYLES`."""
    qml = {family: family_qml(family) for family in FAMILIES}
    for name in names:
        layer = LAYERS[name]
        yield (
            "",
            "",
            name,
            geometry_column,
            _STYLE_NAME,
            qml[layer.family],
            layer_sld(layer),
            True,
            layer.title.en,
            "",
            None,
            time,
        )
