"""The layers and columns of the GeoPackage, stated once and used by all."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from geo.model import Theme
from layers.titles import LOCATABLES, PRECISIONS, STAGES, THEMES, Title

# Raised whenever a layer, table or column changes; the file carries it in its `build` table.
SCHEMA_VERSION = "3"

Kind = Literal["text", "int", "float", "bool", "datetime"]


@dataclass(frozen=True, slots=True)
class Column:
    """One attribute: its name in the file, what it holds, and how a person calls it.

    `values` are the codes that a coded column may hold, each with its words; empty for any value.
    """

    name: str
    kind: Kind
    title: Title
    required: bool = True
    values: tuple[tuple[str, Title], ...] = ()


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


def _text(name: str, hans: str, hant: str, en: str, *, required: bool = True) -> Column:
    return Column(name, "text", Title(hans, hant, en), required)


def _coded(name: str, hans: str, hant: str, en: str, values: Iterable[tuple[str, Title]]) -> Column:
    return Column(name, "text", Title(hans, hant, en), values=tuple(values))


COLUMNS: tuple[Column, ...] = (
    _text("work_id", "工程编号", "工程編號", "work id"),
    _text("name", "名称", "名稱", "name"),
    _text("name_hans", "名称(简体)", "名稱(簡體)", "name (simplified)"),
    _coded("theme", "主题", "主題", "theme", THEMES.items()),
    _coded("stage", "阶段", "階段", "stage", STAGES.items()),
    _text("stage_words", "阶段用语", "階段用語", "stage words", required=False),
    _coded("locatable", "可定位性", "可定位性", "locatable", LOCATABLES.items()),
    Column("quantity", "float", Title("数量", "數量", "quantity"), required=False),
    _text("unit", "单位", "單位", "unit", required=False),
    _text("quantity_text", "数量原文", "數量原文", "quantity as printed", required=False),
    _text("district", "区县", "區縣", "district", required=False),
    _text("city", "城市", "城市", "city"),
    Column("year", "int", Title("年份", "年份", "year"), required=False),
    _coded("precision", "位置精度", "位置精度", "precision", PRECISIONS.items()),
    Column(
        "uncertainty_m", "float", Title("误差(米)", "誤差(米)", "uncertainty (m)"), required=False
    ),
    _text("place_id", "地名编号", "地名編號", "place id", required=False),
    _text("located_by", "定位依据", "定位依據", "located by"),
    _text("source", "位置来源", "位置來源", "source of the place", required=False),
    _text("licence", "位置许可", "位置許可", "licence of the place", required=False),
    _text("document_id", "文件编号", "文件編號", "document id"),
    _text("section", "部分", "部分", "section", required=False),
    Column("passage", "int", Title("段落", "段落", "passage")),
    Column("start", "int", Title("起始字符", "起始字元", "start character")),
    Column("end", "int", Title("结束字符", "結束字元", "end character")),
    _text("sentence", "原文", "原文", "sentence"),
    Column("edited", "bool", Title("人工修改", "人工修改", "edited by hand")),
)
