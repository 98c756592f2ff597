"""Settings come from the caller or the environment, and what cannot be used is refused."""

from pathlib import Path

import factories
import pytest

from geo.errors import SettingError
from layers.geopackage import write_geopackage
from webmap import create_app
from webmap.outside_maps import outside_maps

TILES = "https://{s}.tiles.example:8443/{z}/{x}/{y}.png"


@pytest.fixture
def works(tmp_path: Path) -> Path:
    path = tmp_path / "works.gpkg"
    write_geopackage(path, [factories.example()])
    return path


def test_no_outside_base_map_is_used_by_default(works: Path) -> None:
    page = create_app({"WORKS_FILE": works}).test_client().get("/")
    assert "outsideLayer(" not in page.text
    assert 'id="bases"' not in page.text
    assert "img-src 'self' data:;" in page.headers["Content-Security-Policy"]


def test_an_outside_base_map_is_allowed_as_images_only(works: Path) -> None:
    config = {"WORKS_FILE": works, "BASE_MAP_URL": TILES, "BASE_MAP_ATTRIBUTION": "Owner"}
    page = create_app(config).test_client().get("/")
    assert "outsideLayer(" in page.text
    policy = page.headers["Content-Security-Policy"]
    assert "img-src 'self' data: https://*.tiles.example:8443;" in policy
    assert policy.count("tiles.example") == 1


def test_settings_come_from_the_environment_too(
    works: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLANNED_WORKS_WORKS_FILE", str(works))
    monkeypatch.setenv("PLANNED_WORKS_BASE_MAP_URL", TILES)
    monkeypatch.setenv("PLANNED_WORKS_BASE_MAP_ATTRIBUTION", "Owner")
    assert "outsideLayer(" in create_app().test_client().get("/").text


def test_keys_of_online_geocoders_are_not_taken_up(
    works: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLANNED_WORKS_AMAP_KEY", "k3y-that-is-secret")
    assert "k3y-that-is-secret" not in str(create_app({"WORKS_FILE": works}).config)


@pytest.mark.parametrize("crs", ["bd09", "BD-09", "EPSG:32650", "no-such-grid"])
def test_a_base_map_that_cannot_lie_right_is_refused_in_one_sentence(works: Path, crs: str) -> None:
    config = {
        "WORKS_FILE": works,
        "BASE_MAP_URL": TILES,
        "BASE_MAP_ATTRIBUTION": "Owner",
        "BASE_MAP_CRS": crs,
    }
    with pytest.raises(SettingError, match=rf"{crs}.*WGS-84 or GCJ-02") as refused:
        create_app(config)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(("crs", "shifted"), [("gcj02", True), ("GCJ-02", True), ("wgs84", False)])
def test_a_shifted_base_map_is_moved_to_where_it_belongs(
    works: Path, crs: str, *, shifted: bool
) -> None:
    config = {
        "WORKS_FILE": works,
        "BASE_MAP_URL": TILES,
        "BASE_MAP_ATTRIBUTION": "Owner",
        "BASE_MAP_CRS": crs,
    }
    (only,) = outside_maps(create_app(config).config)
    assert only.shifted is shifted


def test_tianditu_is_its_vector_map_and_labels_with_its_number(works: Path) -> None:
    config = {"WORKS_FILE": works, "BASE_MAPS": "tianditu", "TIANDITU_KEY": "k3yForBrowsers"}
    page = create_app(config).test_client().get("/")
    (tianditu,) = outside_maps(create_app(config).config)
    assert [url.partition("gov.cn/")[2][:10] for url in tianditu.urls] == [
        "vec_w/wmts",
        "cva_w/wmts",
    ]
    assert all("TILEMATRIXSET=w&" in url and "tk=k3yForBrowsers" in url for url in tianditu.urls)
    assert "审图号:GS(2024)0568号" in page.text
    assert "https://*.tianditu.gov.cn;" in page.headers["Content-Security-Policy"]
    other = create_app({**config, "TIANDITU_NUMBER": "GS(2099)1号"}).test_client().get("/").text
    assert "GS(2099)1号" in other


def test_a_key_of_the_geocoder_alone_never_reaches_a_page(
    works: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLANNED_WORKS_TIANDITU_KEY", "k3y-that-is-secret")
    client = create_app({"WORKS_FILE": works, "BASE_MAPS": "osm"}).test_client()
    assert "k3y-that-is-secret" not in client.get("/").text


def test_openstreetmap_is_named_and_linked_as_it_asks_for(works: Path) -> None:
    page = create_app({"WORKS_FILE": works, "BASE_MAPS": "osm"}).test_client().get("/").text
    assert 'href="https://www.openstreetmap.org/copyright"' in page
    assert "© OpenStreetMap contributors" in page


@pytest.mark.parametrize(
    ("config", "says"),
    [
        ({"BASE_MAPS": "google"}, "BASE_MAPS names google: choose from tianditu, osm"),
        ({"BASE_MAPS": "tianditu"}, "needs a key: set TIANDITU_KEY"),
        ({"BASE_MAPS": "tianditu", "TIANDITU_KEY": "k&tk=x;"}, "needs a key"),
    ],
)
def test_a_base_map_that_is_not_known_or_lacks_its_key_is_refused(
    works: Path, config: dict[str, str], says: str
) -> None:
    with pytest.raises(SettingError, match=says):
        create_app({"WORKS_FILE": works, **config})


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://{s}.tiles.example/{z}/{x}/{y}.png", "https://*.tiles.example"),
        ("https://t{s}.tiles.example/{z}/{x}/{y}.png", "https://*.tiles.example"),
        ("http://127.0.0.1:8080/{z}/{x}/{y}", "http://127.0.0.1:8080"),
    ],
)
def test_only_the_servers_of_the_tiles_may_be_asked_for_images(
    works: Path, url: str, origin: str
) -> None:
    config = {"WORKS_FILE": works, "BASE_MAP_URL": url, "BASE_MAP_ATTRIBUTION": "Owner"}
    policy = create_app(config).test_client().get("/").headers["Content-Security-Policy"]
    assert f"img-src 'self' data: {origin};" in policy


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "https://tiles.example/{z}/{x}.png",
        "https://tiles.example/{z}/{x}/{y}.png; script-src *",
        "//tiles.example/{z}/{x}/{y}.png",
        "https://user@evil/{z}/{x}/{y}.png",
    ],
)
def test_what_is_no_tile_address_is_refused(works: Path, url: str) -> None:
    with pytest.raises(SettingError, match="BASE_MAP_URL"):
        create_app({"WORKS_FILE": works, "BASE_MAP_URL": url, "BASE_MAP_ATTRIBUTION": "O"})


def test_an_owner_must_be_named(works: Path) -> None:
    with pytest.raises(SettingError, match="BASE_MAP_ATTRIBUTION"):
        create_app({"WORKS_FILE": works, "BASE_MAP_URL": TILES})


def test_a_works_file_must_be_named() -> None:
    with pytest.raises(SettingError, match="WORKS_FILE"):
        create_app()
