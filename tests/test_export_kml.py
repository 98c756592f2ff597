"""KML for Google Earth: folders, styles and balloons, in which no word of a plan is markup."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
import shapely
from exporting import TOWN, plan_with_sites, written
from factories import document, placed, plan, work
from hostility import PAYLOADS, hostile_plan
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from shapely.geometry import MultiLineString, MultiPoint, MultiPolygon, box

from geo.model import Precision, Stage, Theme
from layers.drawing import DRAWINGS
from layers.export.kml_icons import ICONS
from layers.export.kml_parts import shape, text_of
from layers.geopackage import write_geopackage
from layers.titles import STAGE_COLOURS

KML = {"k": "http://www.opengis.net/kml/2.2"}


@pytest.fixture(scope="module")
def works(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("works") / "works.gpkg"
    write_geopackage(path, [plan_with_sites()])
    return path


@pytest.fixture(scope="module")
def root(works: Path, tmp_path_factory: pytest.TempPathFactory) -> "etree._Element":
    return parsed(written(works, tmp_path_factory.mktemp("kml"), "kml"))


def parsed(path: Path) -> "etree._Element":
    return etree.fromstring(path.read_bytes())


def texts(root: "etree._Element", path: str) -> list[str]:
    return [str(one.text) for one in root.iterfind(path, KML)]


def test_works_lie_in_a_folder_for_each_theme_and_those_without_a_place_in_the_last(
    root: "etree._Element",
) -> None:
    folders = texts(root, "k:Document/k:Folder/k:name")
    assert folders[0] == "地铁"
    assert folders[-1] == "未定位"
    assert len(folders) == len(set(folders))
    (last,) = root.findall("k:Document/k:Folder", KML)[-1].findall("k:Placemark", KML)
    assert last.find("k:MultiGeometry", KML) is None
    assert value(last, "work_id") == TOWN


def value(mark: "etree._Element", name: str) -> str | None:
    found = mark.find(f"k:ExtendedData/k:SchemaData/k:SimpleData[@name='{name}']", KML)
    return None if found is None else found.text


def test_every_placemark_uses_a_style_of_its_stage_and_precision(root: "etree._Element") -> None:
    styles = {one.get("id") for one in root.iterfind("k:Document/k:Style", KML)}
    for mark in root.iterfind(".//k:Placemark", KML):
        name = str(mark.findtext("k:styleUrl", namespaces=KML)).removeprefix("#")
        assert name == f"{value(mark, 'stage')}-{value(mark, 'precision')}"
        assert name in styles


def test_colours_and_widths_are_those_of_the_other_styles(root: "etree._Element") -> None:
    style = root.find("k:Document/k:Style[@id='start-surveyed']", KML)
    assert style is not None
    red, green, blue = (STAGE_COLOURS[Stage.START][at : at + 2] for at in (1, 3, 5))
    assert style.findtext("k:LineStyle/k:color", namespaces=KML) == f"ff{blue}{green}{red}"
    width = style.findtext("k:LineStyle/k:width", namespaces=KML)
    assert width == f"{DRAWINGS[Precision.SURVEYED].width:g}"


def test_a_balloon_shows_the_description_and_nothing_that_a_viewer_puts_in(
    root: "etree._Element",
) -> None:
    shown = set(texts(root, ".//k:BalloonStyle/k:text"))
    assert shown == {"$[description]"}
    balloon = root.findtext(".//k:Placemark/k:description", namespaces=KML)
    for words in (
        "地鐵1號線一期",
        "通车投用",
        "实测图形 (±30 m)",
        "確保地鐵1號線一期建成通車。",
        "CC0-1.0",
    ):
        assert words in str(balloon)


def test_the_document_names_licences_filters_and_the_command(root: "etree._Element") -> None:
    about = str(root.findtext("k:Document/k:description", namespaces=KML))
    for words in ("CC0-1.0: field survey", "planned-works export works.gpkg --format kml"):
        assert words in about


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(tag)
        assert not attrs


def test_no_word_of_a_plan_is_markup_in_a_balloon(tmp_path: Path) -> None:
    write_geopackage(tmp_path / "works.gpkg", [hostile_plan()])
    root = parsed(written(tmp_path / "works.gpkg", tmp_path, "kml"))
    balloons = texts(root, ".//k:Placemark/k:description")
    assert len(balloons) == len(PAYLOADS)
    for balloon in balloons:
        tags = _Tags()
        tags.feed(balloon)
        assert set(tags.found) <= {"h3", "p", "b", "blockquote"}


def test_what_xml_cannot_hold_is_replaced(tmp_path: Path) -> None:
    doc = document()
    at = placed(work(doc, 2, "甲\x01\ufffe厂", Theme.INDUSTRY, Stage.START), shapely.Point(120, 31))
    write_geopackage(tmp_path / "works.gpkg", [plan(doc, (at,))])
    root = parsed(written(tmp_path / "works.gpkg", tmp_path, "kml"))
    assert texts(root, ".//k:Placemark/k:name") == ["甲\ufffd\ufffd厂"]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_any_text_stands_in_xml(text: str) -> None:
    element = etree.Element("name")
    element.text = text_of(text)
    read = etree.fromstring(etree.tostring(element)).text or ""
    assert read.replace("\r", "\n") == text_of(text).replace("\r", "\n")


@st.composite
def shapes(draw: st.DrawFn) -> shapely.Geometry:
    number = st.integers(-1_700_000, 1_700_000).map(lambda one: one / 10_000)
    pairs = draw(st.lists(st.tuples(number, number), min_size=2, max_size=5, unique=True))
    match draw(st.integers(0, 2)):
        case 0:
            return MultiPoint(pairs)
        case 1:
            return MultiLineString([pairs, [(0, 0), (1, 1)]])
        case _:
            holed = box(200, 50, 210, 60).difference(box(202, 52, 203, 53))
            return MultiPolygon([holed, box(0, 0, 1, 1)])


@given(shapes())
def test_a_shape_keeps_every_coordinate(geometry: shapely.Geometry) -> None:
    element = shape(shapely.to_wkt(geometry, rounding_precision=7))
    pairs = [pair for text in coordinates(element) for pair in text.split()]
    found = np.array([[float(one) for one in pair.split(",")] for pair in pairs])
    assert np.allclose(found, shapely.get_coordinates(geometry))
    assert len(list(element.iter("innerBoundaryIs"))) == sum(
        len(part.interiors) for part in geometry.geoms if part.geom_type == "Polygon"
    )


def coordinates(element: "etree._Element") -> Iterator[str]:
    for one in element.iter("coordinates"):
        yield str(one.text)


def test_a_kmz_brings_a_sign_for_each_mark(works: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(written(works, tmp_path, "kmz")) as archive:
        names = archive.namelist()
        assert names[0] == "doc.kml"
        assert set(names[1:]) == {f"icons/{mark}.png" for mark in ICONS}
        root = etree.fromstring(archive.read("doc.kml"))
        links = set(texts(root, ".//k:Icon/k:href"))
        assert links == {f"icons/{one.mark}.png" for one in DRAWINGS.values()}
        for name in names[1:]:
            assert_white_picture(archive.read(name))


def assert_white_picture(data: bytes) -> None:
    """Read a PNG of grey and opacity by its chunks."""
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    chunks, at = {}, 8
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        kind, content = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        (check,) = struct.unpack(">I", data[at + 8 + length : at + 12 + length])
        assert check == zlib.crc32(kind + content)
        chunks[kind], at = content, at + 12 + length
    assert chunks[b"IHDR"] == struct.pack(">IIBBBBB", 64, 64, 8, 4, 0, 0, 0)
    lines = np.frombuffer(zlib.decompress(chunks[b"IDAT"]), np.uint8).reshape(64, 1 + 64 * 2)
    assert (lines[:, 0] == 0).all()
    grey, opacity = lines[:, 1::2], lines[:, 2::2]
    assert (grey == 255).all()
    assert opacity.max() == 255
    assert opacity[0, 0] == 0
