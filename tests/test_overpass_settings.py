"""Where the Overpass server stands and how it is asked: settings, used or named as useless."""

from pathlib import Path

import pytest

from geo.errors import SettingError
from geo.gazetteer.overpass.server import (
    CONTACT_VARIABLE,
    DEFAULT_URL,
    PAUSE_VARIABLE,
    TIMEOUT_VARIABLE,
    URL_VARIABLE,
    server_from,
)


def test_without_settings_the_public_server_is_asked_politely() -> None:
    server = server_from({"PLANNED_WORKS_OVERPASS_URL": " ", "PLANNED_WORKS_OVERPASS_CONTACT": ""})
    assert (server.url, server.timeout_s, server.pause_s) == (DEFAULT_URL, 180, 2)
    assert server.agent.startswith("planned-works/")
    assert "(" not in server.agent


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PLANNED_WORKS_OVERPASS_URL", "overpass.example/api"),
        ("PLANNED_WORKS_OVERPASS_URL", "file:///etc/hostname"),
        ("PLANNED_WORKS_OVERPASS_URL", "ftp://overpass.example/api"),
        ("PLANNED_WORKS_OVERPASS_URL", "http://user:word@overpass.example/api"),
        ("PLANNED_WORKS_OVERPASS_URL", "https://overpass.example/a b"),
        ("PLANNED_WORKS_OVERPASS_URL", "https://overpass.example/a\r\nX: y"),
        ("PLANNED_WORKS_OVERPASS_TIMEOUT", "soon"),
        ("PLANNED_WORKS_OVERPASS_TIMEOUT", "0"),
        ("PLANNED_WORKS_OVERPASS_TIMEOUT", "nan"),
        ("PLANNED_WORKS_OVERPASS_TIMEOUT", "inf"),
        ("PLANNED_WORKS_OVERPASS_PAUSE", "-1"),
        ("PLANNED_WORKS_OVERPASS_CONTACT", "a@b.example\r\nX-Other: y"),
        ("PLANNED_WORKS_OVERPASS_CONTACT", "規劃局"),
        ("PLANNED_WORKS_OVERPASS_CONTACT", "a" * 101),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(name: str, value: str) -> None:
    with pytest.raises(SettingError, match=name):
        server_from({name: value})


def test_the_readme_names_every_setting() -> None:
    readme = (Path(__file__).resolve().parent.parent / "README.md").read_text(encoding="utf-8")
    settings = (URL_VARIABLE, TIMEOUT_VARIABLE, PAUSE_VARIABLE, CONTACT_VARIABLE)
    assert [name for name in settings if f"`{name}`" not in readme] == []
