"""Which rows belong together: works to their document, clause, sites, numbers and candidates."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree as ET

from layers.qgis.project.tree import layer_id, title_of
from layers.qgis.project.values import Project
from layers.tables import TABLES_BY_NAME


@dataclass(frozen=True, slots=True)
class Relation:
    """Rows of `child` name one of `parent` by fields: the child's, each with the parent's."""

    child: str
    parent: str
    fields: tuple[tuple[str, str], ...]

    @property
    def relation_id(self) -> str:
        """The name by which forms find it."""
        return f"{self.child}_{self.parent}"


_DOCUMENT: Final = (("document_id", "document_id"),)
_WORK: Final = (("work_id", "work_id"),)

_BETWEEN_TABLES: Final = (
    Relation("works", "documents", _DOCUMENT),
    Relation("clauses", "documents", _DOCUMENT),
    Relation("works", "clauses", (*_DOCUMENT, ("clause", "number"))),
    Relation("sites", "works", (("part_of", "work_id"),)),
    Relation("slots", "works", _WORK),
    Relation("quantities", "works", _WORK),
    Relation("candidates", "works", _WORK),
)


def relations_of(project: Project) -> tuple[Relation, ...]:
    """Give the relations whose two ends are both in the project."""
    present = {one.name for one in (*project.layers, *project.tables)}
    return tuple(one for one in _all(project) if {one.child, one.parent} <= present)


def shown_in_form(table: str, relations: tuple[Relation, ...]) -> Mapping[str, str]:
    """Give the relations that the form of a table shows, their ids by title.

    A document would have dozens of layers; its works are all in the table of works.
    """
    own = [one for one in relations if one.parent == table and one.child in TABLES_BY_NAME]
    return {_name(one): one.relation_id for one in own}


def relation_elements(relations: tuple[Relation, ...]) -> ET.Element:
    """Give the relations as a project states them."""
    root = ET.Element("relations")
    for one in relations:
        element = ET.SubElement(
            root,
            "relation",
            id=one.relation_id,
            name=_name(one),
            referencingLayer=layer_id(one.child),
            referencedLayer=layer_id(one.parent),
            strength="Association",
        )
        for child, parent in one.fields:
            ET.SubElement(element, "fieldRef", referencingField=child, referencedField=parent)
    return root


def _all(project: Project) -> Iterator[Relation]:
    for layer in project.layers:
        yield Relation(layer.name, "documents", _DOCUMENT)
        yield Relation(layer.name, "works", _WORK)
        yield Relation(layer.name, "sites", (("work_id", "site_id"),))
    yield from _BETWEEN_TABLES


def _name(one: Relation) -> str:
    title = title_of(one.child)
    return f"{title.hans} {title.en}"
