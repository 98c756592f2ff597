"""What QGIS knows of columns: names, defaults of a new feature, soft constraints, the table."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final
from xml.etree import ElementTree as ET

from geo.model import UNCERTAINTY_LIMITS_M
from layers.qgis.expressions import NEW_PRECISION, text
from layers.qgis.widgets import field_configuration
from layers.schema import COLUMNS, Column, Layer

_SOFT: Final = "2"
_NOT_NULL, _EXPRESSION = "1", "4"

# Columns that a person reads first, in the order of the attribute table; the rest follow.
_FIRST: Final = (
    "name",
    "stage",
    "precision",
    "uncertainty_m",
    "verified",
    "edited",
    "district",
    "quantity_text",
    "sentence",
    "source",
    "licence",
    "located_by",
)
_HIDDEN: Final = frozenset(
    {"fid", "theme", "name_hans", "stage_words", "locatable", "place_id", "passage", "start", "end"}
)


def layer_fields() -> Iterator[ET.Element]:
    """Give what is known of the columns of any layer; a new feature can always be saved."""
    yield field_configuration(COLUMNS)
    yield _aliases(COLUMNS)
    yield from _constraints()
    yield _table()
    yield _editable(COLUMNS)


def table_fields(columns: Sequence[Column]) -> Iterator[ET.Element]:
    """Give what is known of the columns of a table without geometry, which nobody edits."""
    yield field_configuration(columns)
    yield _aliases(columns)


def _aliases(columns: Sequence[Column]) -> ET.Element:
    root = ET.Element("aliases")
    for index, column in enumerate(columns, start=1):  # the file's own row number comes first
        ET.SubElement(root, "alias", field=column.name, index=str(index), name=column.title.hans)
    return root


def defaults(layer: Layer) -> ET.Element:
    """Fill in what the layer knows of a new feature; mark a change of any kind as a person's."""
    limit = UNCERTAINTY_LIMITS_M[NEW_PRECISION]
    created = {
        "theme": text(layer.theme),
        "precision": text(NEW_PRECISION),
        "uncertainty_m": f"{limit:g}",
        "verified": "false",
        "city": _if_all_the_same("city"),
        "year": f"to_int({_if_all_the_same('year')})",
    }
    root = ET.Element("defaults")
    for name, expression in created.items():
        ET.SubElement(root, "default", field=name, expression=expression, applyOnUpdate="0")
    ET.SubElement(root, "default", field="edited", expression="true", applyOnUpdate="1")
    return root


def _if_all_the_same(name: str) -> str:
    return f'CASE WHEN minimum("{name}") = maximum("{name}") THEN maximum("{name}") END'


def _constraints() -> Iterator[ET.Element]:
    """Remind of what should be filled in, and never keep a person from saving."""
    kinds = ET.Element("constraints")
    for name in ("name", "stage", "precision"):
        _constraint(kinds, name, _NOT_NULL, {"notnull_strength": _SOFT})
    _constraint(kinds, "uncertainty_m", _EXPRESSION, {"exp_strength": _SOFT})
    yield kinds
    expressions = ET.Element("constraintExpressions")
    ET.SubElement(
        expressions,
        "constraint",
        field="uncertainty_m",
        exp='"uncertainty_m" IS NULL OR "uncertainty_m" >= 0',
        desc="误差不能为负数 not negative",
    )
    yield expressions


def _constraint(parent: ET.Element, name: str, kind: str, strength: Mapping[str, str]) -> None:
    none = {"notnull_strength": "0", "unique_strength": "0", "exp_strength": "0"}
    ET.SubElement(parent, "constraint", {"field": name, "constraints": kind, **none, **strength})


def _table() -> ET.Element:
    root = ET.Element("attributetableconfig", sortExpression="", sortOrder="0")
    columns = ET.SubElement(root, "columns")
    rest = [column.name for column in COLUMNS if column.name not in _FIRST]
    for name in (*_FIRST, *rest, "fid"):
        hidden = "1" if name in _HIDDEN else "0"
        ET.SubElement(columns, "column", type="field", name=name, hidden=hidden, width="-1")
    return root


def _editable(columns: Sequence[Column]) -> ET.Element:
    root = ET.Element("editable")
    ET.SubElement(root, "field", name="fid", editable="0")
    for column in columns:
        editable = "1" if column.editable else "0"
        ET.SubElement(root, "field", name=column.name, editable=editable)
    return root
