"""Dark colours keep the order of the stages and stand out from the dark ground."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

import webmap
from geo.model import Stage
from layers.titles import STAGE_COLOURS
from webmap.colours import DARK_STAGE_COLOURS, GROUND, contrast

STATIC = Path(webmap.__file__).parent / "static"
DARK = (STATIC / "css" / "dark.css").read_text(encoding="utf-8")
LIGHT = "".join(
    (STATIC / "css" / f"{name}.css").read_text(encoding="utf-8") for name in ("site", "base")
)
LADDER = [stage for stage in Stage if stage is not Stage.ONGOING]


def colour(sheet: str, name: str) -> str:
    found = re.findall(rf"--{name}: (#[0-9a-f]+);", sheet)[0]
    return "#ffffff" if found == "#fff" else str(found)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("#000000", "#ffffff", 21), ("#777777", "#ffffff", 4.48), ("#ffffff", "#ffffff", 1)],
)
def test_contrast_is_measured_as_wcag_defines_it(one: str, other: str, expected: float) -> None:
    assert contrast(one, other) == contrast(other, one) == pytest.approx(expected, abs=0.01)


@pytest.mark.parametrize("stage", Stage)
def test_a_stage_stands_out_from_land_and_water_in_either_mode(stage: Stage) -> None:
    for name in ("base-land", "base-water"):
        assert contrast(DARK_STAGE_COLOURS[stage], colour(DARK, name)) >= 3
    assert contrast(STAGE_COLOURS[stage], colour(LIGHT, "base-land")) >= 3


def test_what_is_further_along_stands_out_more_in_either_mode() -> None:
    for colours, ground in ((STAGE_COLOURS, "#ffffff"), (DARK_STAGE_COLOURS, GROUND)):
        ladder = [contrast(colours[stage], ground) for stage in LADDER]
        assert all(first < then for first, then in pairwise(ladder))


def test_the_dark_ramp_is_made_for_the_ground_that_is_drawn() -> None:
    assert colour(DARK, "base-land") == GROUND


@pytest.mark.parametrize("sheet", [LIGHT, DARK])
@pytest.mark.parametrize("text", ["ink", "soft", "accent", "warn"])
def test_words_can_be_read_on_paper_and_wash(sheet: str, text: str) -> None:
    for ground in ("paper", "wash"):
        assert contrast(colour(sheet, text), colour(sheet, ground)) >= 4.5


@pytest.mark.parametrize("sheet", [LIGHT, DARK])
def test_names_of_the_base_map_can_be_read_on_it(sheet: str) -> None:
    for name in ("base-name", "base-town-name"):
        assert contrast(colour(sheet, name), colour(sheet, "base-land")) >= 4.5
    assert contrast(colour(sheet, "base-water-name"), colour(sheet, "base-water")) >= 4


def test_every_colour_of_the_base_map_has_a_dark_one() -> None:
    names = set(re.findall(r"--(base-[a-z-]+):", LIGHT))
    assert names == set(re.findall(r"--(base-[a-z-]+):", DARK))
