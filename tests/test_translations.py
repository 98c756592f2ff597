"""All three catalogues hold all messages, and a reader gets the language they asked for."""

import re
from pathlib import Path

import factories
import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from flask.testing import FlaskClient

import webmap
from geo.gazetteer.finding import Basis
from layers.geopackage import write_geopackage
from webmap import create_app, found_by
from webmap.translation import LANGUAGES, catalogue_path, negotiate

METHODS = [("**.py", "python"), ("templates/*.html", "jinja2")]
PLACEHOLDER = re.compile(r"%\(\w+\)s")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    path = tmp_path_factory.mktemp("translations") / "works.gpkg"
    write_geopackage(path, [factories.example()])
    return create_app({"WORKS_FILE": path}).test_client(use_cookies=False)


def messages_in_use() -> set[str]:
    folder = Path(webmap.__file__).parent
    words = {"gettext": None, "_": None, "say": None}
    found = [
        *extract_from_dir(folder, METHODS, keywords=words),
        *extract_from_dir(folder.parent / "layers" / "edits", METHODS, keywords=words),
    ]
    return {str(message) for _file, _line, message, _comments, _context in found}


def catalogue_of(tag: str) -> Catalog:
    with catalogue_path(tag).open("rb") as file:
        return read_po(file, locale=tag.replace("-", "_"))


@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_catalogue_holds_all_messages_and_no_others(tag: str) -> None:
    assert {message.id for message in catalogue_of(tag) if message.id} == messages_in_use()


@pytest.mark.parametrize("tag", LANGUAGES)
def test_no_translation_is_empty_or_fuzzy(tag: str) -> None:
    messages = [message for message in catalogue_of(tag) if message.id]
    assert [message.id for message in messages if not message.string or message.fuzzy] == []


@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_translation_keeps_the_placeholders(tag: str) -> None:
    for message in catalogue_of(tag):
        there = set(PLACEHOLDER.findall(str(message.string)))
        assert there == set(PLACEHOLDER.findall(str(message.id)))


def test_the_two_chinese_catalogues_differ_in_script() -> None:
    texts = {tag: catalogue_of(tag).get("Table").string for tag in ("zh-Hans", "zh-Hant")}
    assert texts == {"zh-Hans": "表格", "zh-Hant": "表格"}
    assert catalogue_of("zh-Hans").get("Map").string == "地图"
    assert catalogue_of("zh-Hant").get("Map").string == "地圖"


def test_chinese_in_simplified_script_is_the_default(client: FlaskClient) -> None:
    answer = client.get("/table")
    assert '<html lang="zh-Hans">' in answer.text
    assert "阶段" in answer.text


@pytest.mark.parametrize(
    ("asked", "remembered", "accepted", "expected"),
    [
        ("en", "zh-Hant", ["zh-CN"], "en"),
        (None, "zh-Hant", ["zh-CN"], "zh-Hant"),
        ("xx", "yy", ["zh-TW", "en"], "zh-Hant"),
        (None, None, ["zh-HK"], "zh-Hant"),
        (None, None, ["zh-CN"], "zh-Hans"),
        (None, None, ["fr", "en-GB"], "en"),
        (None, None, ["fr"], "zh-Hans"),
        (None, None, [], "zh-Hans"),
    ],
)
def test_the_address_decides_then_the_cookie_then_the_browser(
    asked: str | None, remembered: str | None, accepted: list[str], expected: str
) -> None:
    assert negotiate(asked, remembered, accepted) == expected


def test_a_language_that_was_asked_for_is_remembered(client: FlaskClient) -> None:
    answer = client.get("/table?lang=en")
    assert "lang=en" in answer.headers["Set-Cookie"]
    assert "Set-Cookie" not in client.get("/table?lang=xx").headers


def test_the_plans_own_words_are_never_translated(client: FlaskClient) -> None:
    for tag in LANGUAGES:
        assert "地鐵1號線一期" in client.get(f"/table?lang={tag}").text


def test_links_to_other_languages_keep_the_state_of_the_page(client: FlaskClient) -> None:
    assert (
        'href="?q=%E5%9C%B0&amp;theme=metro&amp;lang=en"'
        in client.get("/?q=地&theme=metro&lang=zh-Hant").text
    )


def test_every_rule_that_finds_places_has_words(client: FlaskClient) -> None:
    with client.application.test_request_context("/"):
        for basis in Basis:
            assert found_by.found_by(f"{basis}: 东山") != f"{basis}: 东山"


def test_a_reason_is_said_in_the_language_of_the_page(client: FlaskClient) -> None:
    with client.application.test_request_context("/"):
        phrase = "no place of this name in the gazetteer of 甲"
        assert found_by.found_by(phrase) == "甲地名库中没有这个名称"
        both = f"{phrase}; {phrase.replace('甲', '乙')}"
        assert found_by.found_by(both) == "甲地名库中没有这个名称; 乙地名库中没有这个名称"
        assert found_by.found_by("words that nobody foresaw") == "words that nobody foresaw"


@pytest.mark.parametrize(
    "reason",
    [
        "knows no place of this name",
        "knows only places outside the city",
        "knows only places outside the stated district",
        "knows only places of another name",
        "knows only places of another kind",
        "knows several places of this name",
        "gave no answer (HTTP status 500)",
    ],
)
def test_what_an_online_geocoder_did_not_place_is_said_in_chinese(
    client: FlaskClient, reason: str
) -> None:
    with client.application.test_request_context("/"):
        said = found_by.found_by(f"AMap {reason}").removeprefix("AMap")
    assert re.fullmatch("[一-龥]{4,}", said)
