"""Settings of online geocoders: what is missing is named, and a key is never repeated."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import SettingError
from geo.online import open_providers
from geo.online.asking import Asker
from geo.online.providers import PROVIDERS
from geo.online.settings import INTERVAL, SECRET, access, all_settings

README = Path(__file__).resolve().parent.parent / "README.md"
KEYS = {
    "PLANNED_WORKS_NOMINATIM_CONTACT": "me@example.org",
    "PLANNED_WORKS_AMAP_KEY": "a1",
    "PLANNED_WORKS_BAIDU_KEY": "b1",
    "PLANNED_WORKS_TIANDITU_KEY": "t1",
}


def opened(name: str, **settings: str) -> Asker:
    (asker,) = open_providers([name], {**KEYS, **settings})
    return asker


def test_the_order_of_choice_is_kept_and_each_is_opened_once() -> None:
    askers = open_providers(["amap", "nominatim", "amap", "baidu"], KEYS)
    assert [asker.provider.name for asker in askers] == ["amap", "nominatim", "baidu"]


def test_nothing_is_opened_unless_chosen() -> None:
    assert open_providers([], {}) == ()


@pytest.mark.parametrize("name", ["amap", "baidu", "tianditu"])
@pytest.mark.parametrize("key", [None, "", "  "])
def test_a_missing_key_is_named(name: str, key: str | None) -> None:
    settings = {} if key is None else {f"PLANNED_WORKS_{name.upper()}_KEY": key}
    with pytest.raises(SettingError, match=f"set PLANNED_WORKS_{name.upper()}_KEY to yours"):
        open_providers([name], settings)


@pytest.mark.parametrize("contact", ["", "me", "me@", "me@example.org\r\nX: y", "我@example.org"])
def test_nominatim_wants_to_know_who_asks(contact: str) -> None:
    with pytest.raises(SettingError, match="PLANNED_WORKS_NOMINATIM_CONTACT to your e-mail"):
        opened("nominatim", PLANNED_WORKS_NOMINATIM_CONTACT=contact)


@pytest.mark.parametrize("key", ["a b", "a\nb", "密", "x" * 300])
def test_a_key_that_cannot_be_one_is_refused_and_not_repeated(key: str) -> None:
    with pytest.raises(SettingError, match="PLANNED_WORKS_AMAP_KEY holds signs") as caught:
        opened("amap", PLANNED_WORKS_AMAP_KEY=key)
    assert key not in str(caught.value)
    with pytest.raises(SettingError, match="PLANNED_WORKS_BAIDU_SECRET holds signs"):
        opened("baidu", PLANNED_WORKS_BAIDU_SECRET=key)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://geo.example",
        "file:///etc/passwd",
        "geo.example",
        "https://user:pass@geo.example",
        "https://geo.example/?a=b",
        "https://geo.example/#x",
        "https://",
        "https://geo.example:port",
        "https://geo.example\n",
    ],
)
def test_an_address_that_is_none_is_refused(url: str) -> None:
    settings = (
        {"PLANNED_WORKS_AMAP_URL": f"{url}\t|"}
        if url.endswith("\n")
        else {"PLANNED_WORKS_AMAP_URL": url}
    )
    with pytest.raises(SettingError, match="PLANNED_WORKS_AMAP_URL is no address: give one such"):
        opened("amap", **settings)


@pytest.mark.parametrize("url", ["http://127.0.0.1:8080", "https://geo.example/nominatim/"])
def test_the_address_of_a_server_of_ones_own_is_taken(url: str) -> None:
    asker = opened("nominatim", PLANNED_WORKS_NOMINATIM_URL=url)
    assert asker.server == f"nominatim {url.rstrip('/')}"


@pytest.mark.parametrize(
    "setting", ["PLANNED_WORKS_GEOCODER_TIMEOUT", "PLANNED_WORKS_GEOCODER_INTERVAL"]
)
@pytest.mark.parametrize("text", ["fast", "-1", "nan", "inf", "301"])
def test_a_number_of_seconds_that_is_none_is_refused(setting: str, text: str) -> None:
    with pytest.raises(SettingError, match=f"{setting} is no number of seconds"):
        opened("amap", **{setting: text})


def test_the_public_server_is_never_asked_faster_than_it_allows() -> None:
    own = {"PLANNED_WORKS_NOMINATIM_URL": "http://127.0.0.1:8080"}
    assert opened("nominatim").pace.interval_s == 1
    assert opened("nominatim", **{INTERVAL: "0"}).pace.interval_s == 1
    assert opened("nominatim", **{INTERVAL: "3"}).pace.interval_s == 3
    assert opened("nominatim", **own).pace.interval_s == 1
    assert opened("nominatim", **{INTERVAL: "0"}, **own).pace.interval_s == 0


@given(st.dictionaries(st.sampled_from(all_settings()), st.text(max_size=30)))
def test_any_setting_is_taken_or_refused_in_a_sentence(settings: dict[str, str]) -> None:
    try:
        open_providers(PROVIDERS, settings)
    except SettingError as error:
        assert len(str(error).splitlines()) == 1  # noqa: PT017


@pytest.mark.parametrize("name", ["amap", "baidu", "tianditu"])
def test_no_key_shows_in_what_a_programmer_prints(name: str) -> None:
    settings = {f"PLANNED_WORKS_{name.upper()}_KEY": "k3y", SECRET: "signs-it"}
    printed = f"{opened(name, **settings)!r} {access(PROVIDERS[name], settings)!r}"
    assert "k3y" not in printed
    assert "signs-it" not in printed


def test_the_readme_names_every_setting_and_geocoder() -> None:
    text = README.read_text(encoding="utf-8")
    assert [name for name in all_settings() if f"`{name}`" not in text] == []
    assert [name for name in PROVIDERS if f"`{name}`" not in text] == []
