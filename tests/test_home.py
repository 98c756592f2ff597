"""What outlives a build lies in one folder, which a setting may move."""

from pathlib import Path

import pytest

from geo.home import HOME_VARIABLE, home_path


def test_the_setting_names_the_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    assert home_path("cache", "a.json") == tmp_path / "cache" / "a.json"


@pytest.mark.parametrize("setting", [None, "", "  "])
def test_without_the_setting_it_is_the_platforms_folder_for_user_data(
    monkeypatch: pytest.MonkeyPatch, setting: str | None
) -> None:
    monkeypatch.delenv(HOME_VARIABLE, raising=False)
    if setting is not None:
        monkeypatch.setenv(HOME_VARIABLE, setting)
    assert home_path().name == "planned-works"
    assert home_path().is_absolute()
