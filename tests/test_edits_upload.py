"""Corrections by upload: off by default, for those who know the token, and shown at once."""

from pathlib import Path

import pytest
from editing import execute
from flask.testing import FlaskClient
from signed_in import TOKEN, csrf_of, file, post, signed_in
from werkzeug.test import TestResponse

from geo.home import HOME_VARIABLE
from layers.geopackage import read_geopackage, write_geopackage
from layers.making import edit_log
from webmap import create_app
from webmap.commands.build import read_plans

PLAN = "无锡市2021年重点工作\n建成惠山湖大桥。\n新建社区公园5个。\n"


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "home"))
    plan = tmp_path / "plan.txt"
    plan.write_text(PLAN, encoding="utf-8")
    path = tmp_path / "works.gpkg"
    write_geopackage(path, read_plans((plan,), city=None, year=None), crs="EPSG:4490")
    return path


@pytest.fixture
def client(served: Path) -> FlaskClient:
    return signed_in(create_app({"WORKS_FILE": served, "EDIT_TOKEN": TOKEN}))


@pytest.fixture
def edited(served: Path) -> Path:
    path = served.with_name("edited.gpkg")
    path.write_bytes(served.read_bytes())
    execute(path, "UPDATE park_areas SET stage = 'start', name = '<b>公园</b>'")
    return path


def upload(
    client: FlaskClient, path: Path | None, *, name: str | None = None, language: str = "en"
) -> TestResponse:
    given = {"file": file(path, name)} if path else {}
    return post(client, f"/edits?lang={language}", why="看过现场", **given)


def test_a_server_without_a_token_takes_nothing(served: Path, edited: Path) -> None:
    client = create_app({"WORKS_FILE": served}).test_client()
    assert client.get("/edits").status_code == 404
    assert upload(client, edited).status_code == 404
    assert "/edits" not in client.get("/").text
    assert edit_log().edits() == ()


def test_a_correction_is_kept_and_shown_at_once(
    client: FlaskClient, edited: Path, served: Path
) -> None:
    answer = upload(client, edited)
    assert answer.status_code == 200
    assert "1 corrections taken." in answer.text
    (edit,) = edit_log().edits()
    assert (edit.author.who, edit.author.why, edit.file) == ("李工", "看过现场", "edited.gpkg")
    works = read_geopackage(served).works
    assert "start" in set(works["stage"])
    assert "&lt;b&gt;公园" in client.get("/table").text
    assert read_geopackage(served).layers["park_areas"].crs.to_epsg() == 4490


def test_the_page_lists_corrections_as_text(client: FlaskClient, edited: Path) -> None:
    upload(client, edited)
    page = client.get("/edits?lang=zh-Hans").text
    for words in ("已采纳", "名称, 阶段", "李工", "看过现场"):
        assert words.replace(", ", "、") in page.replace(", ", "、").replace(",", "、")
    assert "<b>公园" not in page


def test_whoever_has_not_signed_in_sends_nothing_and_sees_no_form(
    served: Path, edited: Path
) -> None:
    client = create_app({"WORKS_FILE": served, "EDIT_TOKEN": TOKEN}).test_client()
    assert 'type="file"' not in client.get("/edits").text
    answer = upload(client, edited)
    assert answer.status_code == 403
    assert "Sign in first" in answer.text
    assert edit_log().edits() == ()


@pytest.mark.parametrize("csrf", ["", "wrong"])
def test_a_form_that_is_not_ours_takes_nothing(
    client: FlaskClient, edited: Path, csrf: str
) -> None:
    answer = client.post("/edits?lang=en", data={"csrf": csrf, "file": file(edited)})
    assert answer.status_code == 403
    assert "not ours" in answer.text
    assert edit_log().edits() == ()


def test_a_foreign_page_takes_nothing_even_with_the_secret(
    client: FlaskClient, edited: Path
) -> None:
    data = {"csrf": csrf_of(client, "/edits"), "file": file(edited)}
    answer = client.post("/edits", data=data, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert edit_log().edits() == ()


def test_a_file_that_cannot_be_read_is_one_sentence_without_a_path(
    client: FlaskClient, tmp_path: Path
) -> None:
    noise = tmp_path / "noise.gpkg"
    noise.write_bytes(b"noise" * 1000)
    answer = upload(client, noise)
    assert answer.status_code == 400
    assert "noise.gpkg is no GeoPackage" in answer.text
    assert "/tmp" not in answer.text  # noqa: S108


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "..\\..\\x.gpkg", "a.gpkg\0.sh", "<script>.gpkg", "x" * 500, ""]
)
def test_a_hostile_file_name_is_a_plain_one(client: FlaskClient, edited: Path, name: str) -> None:
    answer = upload(client, edited, name=name)
    assert answer.status_code in {200, 400}
    assert all("/" not in edit.file and "\\" not in edit.file for edit in edit_log().edits())


def test_nothing_chosen_is_told(client: FlaskClient) -> None:
    assert "Choose an edited file." in upload(client, None).text


def test_an_upload_is_bounded(
    client: FlaskClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webmap.views_edits.MOST_BYTES", 1000)
    large = tmp_path / "large.gpkg"
    large.write_bytes(b"0" * 5000)
    answer = upload(client, large)
    assert answer.status_code == 413
    assert "give a smaller file" in answer.text


def test_what_is_left_out_is_said_in_the_pages_language(client: FlaskClient, edited: Path) -> None:
    execute(edited, "UPDATE park_areas SET stage = 'dreaming'")
    answer = upload(client, edited, language="zh-Hans")
    assert "未采纳:" in answer.text
    assert "不符合该字段" in answer.text


def test_a_file_built_with_online_geocoders_keeps_the_correction_and_says_what_to_do(
    client: FlaskClient, served: Path, edited: Path
) -> None:
    execute(served, "UPDATE build SET value = 'nominatim' WHERE key = 'geocoders'")
    answer = upload(client, edited)
    assert "built with online geocoders" in answer.text
    assert len(edit_log().edits()) == 1
