"""The form of a feature: its work, its place and where it was read, one tab each."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final
from xml.etree import ElementTree as ET

TABS: Final[Mapping[str, tuple[str, ...]]] = {
    "工程 Work": (
        "name",
        "theme",
        "stage",
        "quantity",
        "unit",
        "quantity_text",
        "district",
        "city",
        "year",
        "part_of",
        "confidence",
    ),
    "位置 Place": (
        "precision",
        "uncertainty_m",
        "verified",
        "edited",
        "source",
        "licence",
        "located_by",
        "place_id",
    ),
    "出处 Source": (
        "sentence",
        "stage_words",
        "locatable",
        "document_id",
        "section",
        "passage",
        "start",
        "end",
        "work_id",
        "name_hans",
    ),
}
"""The columns of the layers by the tab that shows them; each column stands in one."""


def form(
    tabs: Mapping[str, Sequence[str]], relations: Mapping[str, str] | None = None
) -> Iterator[ET.Element]:
    """Give a form of tabs of columns, and of tabs of `relations` (ids by title)."""
    layout = ET.Element("editorlayout")
    layout.text = "tablayout"
    yield layout
    root = ET.Element("attributeEditorForm")
    for title, names in tabs.items():
        tab = _tab(root, title)
        for name in names:
            ET.SubElement(tab, "attributeEditorField", name=name, index="-1", showLabel="1")
    for title, relation in (relations or {}).items():
        ET.SubElement(
            _tab(root, title),
            "attributeEditorRelation",
            name=relation,
            relation=relation,
            label="",
            showLabel="0",
            relationWidgetTypeId="relation_editor",
        )
    yield root


def _tab(root: ET.Element, title: str) -> ET.Element:
    return ET.SubElement(
        root,
        "attributeEditorContainer",
        name=title,
        groupBox="0",
        columnCount="1",
        showLabel="1",
        visibilityExpressionEnabled="0",
        visibilityExpression="",
    )
