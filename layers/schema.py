"""The layers and columns of the GeoPackage, stated once and used by all."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from geo.model import Theme
from layers.titles import CONFIDENCES, LOCATABLES, PRECISIONS, STAGES, THEMES, Title

# Raised whenever a layer, table or column changes; the file carries it in its `build` table.
SCHEMA_VERSION = "4"

Kind = Literal["text", "int", "float", "bool", "datetime", "blob"]


@dataclass(frozen=True, slots=True)
class Column:
    """One attribute: its name in the file, what it holds, and how a person calls it.

    `values` are the codes that a coded column may hold, each with its words; empty for any value.
    A person may correct what is `editable`; the rest says where a work comes from and stays.
    """

    name: str
    kind: Kind
    title: Title
    required: bool = True
    values: tuple[tuple[str, Title], ...] = ()
    editable: bool = False


@dataclass(frozen=True, slots=True)
class Family:
    """One geometry family; a layer holds a single one, because QGIS splits mixed layers."""

    suffix: str
    geometry_type: Literal["MultiPoint", "MultiLineString", "MultiPolygon"]
    title: Title


FAMILIES = (
    Family("areas", "MultiPolygon", Title("面", "面", "areas")),
    Family("lines", "MultiLineString", Title("线", "線", "lines")),
    Family("points", "MultiPoint", Title("点", "點", "points")),
)


def layer_name(theme: Theme, family: Family) -> str:
    """Name of a layer in the file: `metro_lines`."""
    return f"{theme}_{family.suffix}"


def layer_title(theme: Theme, family: Family) -> Title:
    """Name of a layer for people, in the three languages."""
    theme_title = THEMES[theme]
    return Title(
        f"{theme_title.hans}({family.title.hans})",
        f"{theme_title.hant}({family.title.hant})",
        f"{theme_title.en} ({family.title.en})",
    )


@dataclass(frozen=True, slots=True)
class Layer:
    """One map layer: a theme in one geometry family."""

    name: str
    theme: Theme
    family: Family
    title: Title


# All layers that a file may hold, in the order of the themes; only those with rows are written.
LAYERS: dict[str, Layer] = {
    layer_name(theme, family): Layer(
        layer_name(theme, family), theme, family, layer_title(theme, family)
    )
    for theme in Theme
    for family in FAMILIES
}


def column(  # noqa: PLR0913  # one parameter for each thing that is stated of a column
    name: str,
    kind: Kind,
    words: str,
    *,
    required: bool = True,
    values: Iterable[tuple[str, Title]] = (),
    editable: bool = False,
) -> Column:
    """State a column; `words` are its name in the three languages, between bars."""
    hans, hant, en = words.split("|")
    return Column(name, kind, Title(hans, hant, en), required, tuple(values), editable)


COLUMNS: tuple[Column, ...] = (
    column("work_id", "text", "工程编号|工程編號|work id"),
    column("name", "text", "名称|名稱|name", editable=True),
    column("name_hans", "text", "名称(简体)|名稱(簡體)|name (simplified)"),
    column("theme", "text", "主题|主題|theme", values=THEMES.items(), editable=True),
    column("stage", "text", "阶段|階段|stage", values=STAGES.items(), editable=True),
    column("stage_words", "text", "阶段用语|階段用語|stage words", required=False),
    column("locatable", "text", "可定位性|可定位性|locatable", values=LOCATABLES.items()),
    column("quantity", "float", "数量|數量|quantity", required=False, editable=True),
    column("unit", "text", "单位|單位|unit", required=False, editable=True),
    column("quantity_text", "text", "数量原文|數量原文|quantity as printed", required=False),
    column("district", "text", "区县|區縣|district", required=False, editable=True),
    column("city", "text", "城市|城市|city"),
    column("year", "int", "年份|年份|year", required=False),
    column(
        "precision",
        "text",
        "位置精度|位置精度|precision",
        values=PRECISIONS.items(),
        editable=True,
    ),
    column(
        "uncertainty_m",
        "float",
        "误差(米)|誤差(米)|uncertainty (m)",
        required=False,
        editable=True,
    ),
    column("place_id", "text", "地名编号|地名編號|place id", required=False),
    column("located_by", "text", "定位依据|定位依據|located by"),
    column(
        "source", "text", "位置来源|位置來源|source of the place", required=False, editable=True
    ),
    column(
        "licence", "text", "位置许可|位置許可|licence of the place", required=False, editable=True
    ),
    column("document_id", "text", "文件编号|文件編號|document id"),
    column("section", "text", "部分|部分|section", required=False),
    column("passage", "int", "段落|段落|passage"),
    column("start", "int", "起始字符|起始字元|start character"),
    column("end", "int", "结束字符|結束字元|end character"),
    column("sentence", "text", "原文|原文|sentence"),
    column("edited", "bool", "人工修改|人工修改|edited by hand"),
    column("verified", "bool", "位置已核实|位置已核實|place verified", editable=True),
    column("part_of", "text", "所属计数工程|所屬計數工程|counted work", required=False),
    column(
        "confidence",
        "text",
        "归属把握|歸屬把握|confidence",
        required=False,
        values=CONFIDENCES.items(),
    ),
)

EDITABLE: tuple[str, ...] = tuple(one.name for one in COLUMNS if one.editable)
"""Names of the columns that a person may correct."""
