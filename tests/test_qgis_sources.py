"""One project for any place of the layers, a file, a server or a database; same bytes each time."""

import io
import time
import zipfile
from dataclasses import replace
from xml.etree import ElementTree as ET

import pyproj
import pytest

from layers.attribution import Credit
from layers.description import Description, PlanText
from layers.qgis.project import Project, ProjectLayer, project_archive, project_document
from layers.schema import LAYERS
from layers.tables import TABLES_BY_NAME
from layers.titles import Title

TEXT = PlanText("jia-2020", "甲市2020年重点工作", "甲市", 2020, "", "0" * 64)
SERVED = "/vsicurl/https://plans.example/works.gpkg?a=1&b=2|layername={}"
DATABASE = "dbname='plans' host=db.example port=5432 key='fid' table=\"public\".\"{}\" (geom)"


def project(provider: str, source: str, names: tuple[str, ...] = ("metro_lines",)) -> Project:
    about = Description("works", Title("工程", "工程", "works"), (TEXT,), (), "program", None)
    layers = tuple(
        ProjectLayer(name, source.format(name), replace(about, title=LAYERS[name].title))
        for name in names
    )
    tables = tuple(
        ProjectLayer(name, source.format(name), replace(about, title=TABLES_BY_NAME[name].title))
        for name in ("works", "documents")
    )
    crs = pyproj.CRS.from_epsg(4490)
    return Project(about, provider, crs, (119.0, 31.0, 121.0, 32.0), layers, tables)  # type: ignore[arg-type]


@pytest.mark.parametrize(("provider", "source"), [("ogr", SERVED), ("postgres", DATABASE)])
def test_layers_are_read_from_wherever_they_are_said_to_be(provider: str, source: str) -> None:
    document = parsed(project_document(project(provider, source)))
    for layer in document.iter("maplayer"):
        assert layer.findtext("provider") == provider
        assert layer.findtext("datasource") == source.format(layer.findtext("shortname"))
    for node in document.iter("layer-tree-layer"):
        assert node.get("providerKey") == provider


def test_the_same_project_gives_the_same_bytes_at_any_time(monkeypatch: pytest.MonkeyPatch) -> None:
    first = project_archive(project("ogr", SERVED), "works")
    monkeypatch.setattr(time, "time", lambda: 2_000_000_000.0)
    assert project_archive(project("ogr", SERVED), "works") == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert archive.namelist() == ["works.qgs"]
        assert archive.testzip() is None


def test_a_relation_is_there_only_where_both_its_ends_are() -> None:
    document = parsed(project_document(project("ogr", SERVED)))
    ids = {layer.findtext("id") for layer in document.iter("maplayer")}
    found = {relation.get("id") for relation in document.iter("relation")}
    assert found == {"metro_lines_documents", "metro_lines_works", "works_documents"}
    for relation in document.iter("relation"):
        assert {relation.get("referencingLayer"), relation.get("referencedLayer")} <= ids


def test_every_theme_and_family_has_its_place_in_the_tree() -> None:
    everything = project("ogr", SERVED, tuple(LAYERS))
    document = parsed(project_document(everything))
    assert len(document.findall("projectlayers/maplayer")) == len(LAYERS) + 2
    assert len(document.findall("layer-tree-group/custom-order/item")) == len(LAYERS)
    assert len(document.findall("layer-tree-group/layer-tree-group")) == len(LAYERS) / 3 + 1


def test_owners_who_ask_for_it_are_named_on_the_map() -> None:
    plain = project("ogr", SERVED)
    credit = Credit("OpenStreetMap station 三阳广场", "ODbL-1.0")
    credited = replace(plain, description=replace(plain.description, credits=(credit,)))
    assert label(plain) == ("false", None)
    assert label(credited) == ("true", "© OpenStreetMap 贡献者")


def label(one: Project) -> tuple[str | None, str | None]:
    """Give whether a text stands in the map's corner, and which."""
    document = parsed(project_document(one))
    holder = "properties/CopyrightLabel"
    return document.findtext(f"{holder}/Enabled"), document.findtext(f"{holder}/Label") or None


def parsed(markup: str) -> ET.Element:
    return ET.fromstring(markup)  # noqa: S314  the markup is our own
