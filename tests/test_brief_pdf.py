"""The PDF of a brief: A4 pages that hold every work, in a font that every viewer has inside."""

import re
import subprocess
import time
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

import briefing
import factories
import pytest
from briefing import HERE, SENTENCES
from flask import Flask
from flask.testing import FlaskClient
from hostility import PAYLOADS, hostile_sites
from pypdf import PdfReader
from shapely.geometry import Point

from geo.model import Stage, Theme
from layers.geopackage import write_geopackage
from layers.selection import selection_from
from webmap import create_app, views_brief
from webmap.brief.content import brief_of
from webmap.brief.mapping import brief_picture
from webmap.brief.pdf import Drawings, brief_pdf

MANY = 300
EMPTY = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 18"/>'
A4 = (595, 842)
HEADING = re.compile(r"(城市道路|公园|湿地|高速公路|未定位|按全市计数|按区县计数) ?1")


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    path = tmp_path_factory.mktemp("brief-pdf") / "works.gpkg"
    write_geopackage(path, [briefing.plan()])
    return create_app({"WORKS_FILE": path})


@pytest.fixture(scope="module")
def client(app: Flask) -> FlaskClient:
    return app.test_client(use_cookies=False)


def pdf_of(client: FlaskClient, address: str) -> PdfReader:
    answer = client.get(f"/brief.pdf?{address}")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    return PdfReader(BytesIO(answer.data))


def words_of(reader: PdfReader) -> str:
    return re.sub(r"\s", "", "".join(page.extract_text() for page in reader.pages))


def test_every_page_is_a4_and_has_its_number(client: FlaskClient) -> None:
    pages = pdf_of(client, "city=无锡").pages
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in pages} == {A4}
    for number, page in enumerate(pages, start=1):
        assert f"{number} / {len(pages)}" in page.extract_text()


def test_the_words_of_the_plan_can_be_copied_as_they_are(client: FlaskClient) -> None:
    words = words_of(pdf_of(client, "city=无锡"))
    assert [one for one in SENTENCES if one not in words] == []
    assert "规划工程简报:无锡" in words
    assert "濱湖大道年内建成“建成”" in words


def test_what_is_beyond_the_district_is_told_apart(client: FlaskClient) -> None:
    words = words_of(pdf_of(client, f"district={HERE}"))
    assert "江陰北外環快速路" not in words
    assert "全市计数的其他工程1不属于本次筛选" in words
    assert "蘆村污水處理廠·滨湖区" in words
    assert "澄西污水處理廠" not in words


@pytest.mark.parametrize(
    ("language", "tag"), [("zh-Hans", "zh-CN"), ("zh-Hant", "zh-TW"), ("en", "en-GB")]
)
def test_a_pdf_says_its_title_and_language(client: FlaskClient, language: str, tag: str) -> None:
    reader = pdf_of(client, f"district={HERE}&lang={language}")
    assert HERE in reader.metadata.title
    assert reader.trailer["/Root"]["/Lang"] == tag
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_its_one_font_is_embedded(client: FlaskClient) -> None:
    fonts = [
        font.get_object()
        for page in pdf_of(client, "city=无锡").pages
        for font in page["/Resources"]["/Font"].values()
    ]
    names = {str(font["/BaseFont"]) for font in fonts}
    assert {name.partition("+")[2] for name in names} == {"NotoSansSC-Regular"}
    for font in fonts:
        assert "/FontFile2" in font["/DescendantFonts"][0]["/FontDescriptor"]


def test_both_scripts_and_rare_characters_are_drawn(tmp_path: Path) -> None:
    rare = "龘喆堃镕㐂𬭚臺灣衞"
    document = factories.document(f"甲市\n建成{rare}路。\n", "rare-2020")
    work = factories.work(document, 2, f"{rare}路", Theme.ROAD, Stage.PLAN)
    path = tmp_path / "works.gpkg"
    write_geopackage(path, [factories.plan(document, (factories.placed(work, Point(120, 31)),))])
    answer = create_app({"WORKS_FILE": path}).test_client().get("/brief.pdf?theme=road")
    assert f"建成{rare}路" in words_of(PdfReader(BytesIO(answer.data)))


def test_its_links_lead_to_the_map(client: FlaskClient) -> None:
    links = {
        str(note.get_object()["/A"]["/URI"])
        for page in pdf_of(client, f"district={HERE}").pages
        for note in page.get("/Annots", [])
    }
    assert "http://localhost/?work=xi-2020-002" in links
    assert "http://localhost/?district=%E6%BB%A8%E6%B9%96%E5%8C%BA" in links


def test_markup_in_a_document_stays_text(tmp_path: Path) -> None:
    path = tmp_path / "works.gpkg"
    write_geopackage(path, [hostile_sites()])
    answer = (
        create_app({"WORKS_FILE": path})
        .test_client()
        .get("/brief.pdf?city=城<script>alert(1)</script>")
    )
    words = words_of(PdfReader(BytesIO(answer.data)))
    for payload in PAYLOADS:
        assert re.sub(r"\s", "", payload) in words


def test_letters_without_a_gap_stay_on_the_page(tmp_path: Path) -> None:
    name = "W" * 119
    document = factories.document(f"甲市\n建成{name}{name}{name}。\n", "long-2020")
    work = factories.work(document, 2, name, Theme.ROAD, Stage.PLAN)
    path = tmp_path / "works.gpkg"
    write_geopackage(path, [factories.plan(document, (factories.placed(work, Point(120, 31)),))])
    answer = create_app({"WORKS_FILE": path}).test_client().get("/brief.pdf?theme=road")
    lines = "".join(
        f"{page.extract_text()}\n" for page in PdfReader(BytesIO(answer.data)).pages
    ).splitlines()
    assert max(line.count("W") for line in lines) < 60
    assert sum(line.count("W") for line in lines) == 4 * 119


def test_commands_of_the_typesetter_stay_text(tmp_path: Path) -> None:
    name = '#import "@preview/x:1.0.0" $x$ *b* _i_ `c` @r <l> \\ #read("brief.html") ]]'
    document = factories.document(f"甲市\n建成{name}。\n", "typst-2020")
    work = factories.work(document, 2, name, Theme.ROAD, Stage.PLAN)
    path = tmp_path / "works.gpkg"
    write_geopackage(path, [factories.plan(document, (factories.placed(work, Point(120, 31)),))])
    answer = create_app({"WORKS_FILE": path}).test_client().get("/brief.pdf?theme=road")
    assert f"建成{name}。".replace(" ", "") in words_of(PdfReader(BytesIO(answer.data)))


def test_three_hundred_works_become_pages_within_seconds(tmp_path: Path) -> None:
    text = "甲市\n" + "".join(f"建成{'很長的' * (n % 40)}第{n}號公園。\n" for n in range(MANY))
    document = factories.document(text, "long-2020")
    works = tuple(
        factories.placed(
            factories.work(document, n + 2, f"第{n}號公園", Theme.PARK, Stage.PLAN),
            Point(120 + n % 37 / 100, 31 + n % 41 / 100),
        )
        for n in range(MANY)
    )
    path = tmp_path / "works.gpkg"
    write_geopackage(path, [factories.plan(document, works)])
    client = create_app({"WORKS_FILE": path}).test_client()
    begun = time.monotonic()
    answer = client.get("/brief.pdf?theme=park")
    assert time.monotonic() - begun < 20
    pages = PdfReader(BytesIO(answer.data)).pages
    assert len(pages) > 15
    last = "".join(page.extract_text() for page in pages[-3:])
    assert f"第{MANY - 1}號公園" in last


def test_a_heading_never_stands_alone_at_the_foot_of_a_page(app: Flask) -> None:
    with app.test_request_context("/brief"):
        app.preprocess_request()
        brief = brief_of(app.extensions["works"].current(), selection_from("city=无锡"))
        sheet = views_brief._sheet(brief, brief_picture(brief, app.extensions["works"].current()))
        signs = dict.fromkeys((note.code for note in sheet.precisions), EMPTY)
        nothing = Drawings("", signs)
        for lines in range(0, 40, 2):
            longer = replace(sheet, plans=("標題",) * lines)
            pdf = brief_pdf(longer, nothing, views_brief._labels(), "zh-Hans")
            for page in PdfReader(BytesIO(pdf)).pages:
                assert not HEADING.fullmatch(last_line(page.extract_text()))


def last_line(text: str) -> str:
    """Give the last line above the footer, which begins with the brief's title."""
    lines = [line for line in text.splitlines() if line.strip()]
    foot = max(at for at, line in enumerate(lines) if line.startswith("规划工程简报"))
    return lines[foot - 1]


def test_the_file_is_named_after_plan_and_selection(client: FlaskClient) -> None:
    named = client.get(f"/brief.pdf?district={HERE}").headers["Content-Disposition"]
    assert named.startswith("attachment; ")
    assert named.endswith(quote("无锡2020_规划工程-滨湖区.pdf"))


def test_only_so_many_are_made_at_a_time(client: FlaskClient) -> None:
    for _ in range(views_brief.AT_ONCE):
        assert views_brief._setting.acquire(blocking=False)
    try:
        answer = client.get("/brief.pdf?city=无锡")
    finally:
        for _ in range(views_brief.AT_ONCE):
            views_brief._setting.release()
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "20")
    assert client.get("/brief.pdf?city=无锡").status_code == 200


def test_another_program_reads_its_text(
    client: FlaskClient, need_program: Callable[[str, str], str], tmp_path: Path
) -> None:
    program = need_program("pdftotext", "apt-get install poppler-utils")
    path = tmp_path / "brief.pdf"
    path.write_bytes(client.get("/brief.pdf?city=无锡").data)
    done = subprocess.run([program, path, "-"], capture_output=True, check=True, text=True)
    assert "加快湖濱公園建設。" in done.stdout
