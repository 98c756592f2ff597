"""Settings come from the caller or the environment, and what cannot be used is refused."""

from pathlib import Path

import factories
import pytest

from geo.errors import SettingError
from layers.geopackage import write_geopackage
from webmap import create_app

TILES = "https://{s}.tiles.example:8443/{z}/{x}/{y}.png"


@pytest.fixture
def works(tmp_path: Path) -> Path:
    path = tmp_path / "works.gpkg"
    write_geopackage(path, [factories.example()])
    return path


def test_no_outside_base_map_is_used_by_default(works: Path) -> None:
    page = create_app({"WORKS_FILE": works}).test_client().get("/")
    assert "L.tileLayer" not in page.text
    assert "img-src 'self' data:;" in page.headers["Content-Security-Policy"]


def test_an_outside_base_map_is_allowed_as_images_only(works: Path) -> None:
    config = {"WORKS_FILE": works, "BASE_MAP_URL": TILES, "BASE_MAP_ATTRIBUTION": "Owner"}
    page = create_app(config).test_client().get("/")
    assert "L.tileLayer" in page.text
    policy = page.headers["Content-Security-Policy"]
    assert "img-src 'self' data: https://*.tiles.example:8443;" in policy
    assert policy.count("tiles.example") == 1


def test_settings_come_from_the_environment_too(
    works: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLANNED_WORKS_WORKS_FILE", str(works))
    monkeypatch.setenv("PLANNED_WORKS_BASE_MAP_URL", TILES)
    monkeypatch.setenv("PLANNED_WORKS_BASE_MAP_ATTRIBUTION", "Owner")
    assert "L.tileLayer" in create_app().test_client().get("/").text


def test_keys_of_online_geocoders_are_not_taken_up(
    works: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLANNED_WORKS_AMAP_KEY", "k3y-that-is-secret")
    assert "k3y-that-is-secret" not in str(create_app({"WORKS_FILE": works}).config)


@pytest.mark.parametrize("crs", ["gcj02", "GCJ-02", "bd09"])
def test_a_shifted_base_map_is_refused_in_one_sentence(works: Path, crs: str) -> None:
    config = {
        "WORKS_FILE": works,
        "BASE_MAP_URL": TILES,
        "BASE_MAP_ATTRIBUTION": "Owner",
        "BASE_MAP_CRS": crs,
    }
    with pytest.raises(SettingError, match=rf"{crs}.*WGS-84") as refused:
        create_app(config)
    assert "\n" not in str(refused.value)


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
