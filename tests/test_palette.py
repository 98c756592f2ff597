"""The colours of stages can be told apart: on the map, in grey print, with a colour blindness."""

import re
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from colours import VISION, contrast, distance, luminance

import webmap
from geo.model import Stage
from layers.drawing import CASING_COLOUR, GROUND_COLOUR
from layers.titles import NO_STAGE_COLOUR, STAGE_COLOURS
from webmap.colours import DARK_CASING, DARK_STAGE_COLOURS

MODES = {
    "light": ("base.css", STAGE_COLOURS, {GROUND_COLOUR, CASING_COLOUR}),
    "dark": ("dark.css", DARK_STAGE_COLOURS, {DARK_CASING}),
}
STYLES = Path(webmap.__file__).parent / "static" / "css"


def ramp(mode: str) -> list[str]:
    return [colour for stage, colour in MODES[mode][1].items() if stage is not Stage.ONGOING]


def grounds(mode: str) -> set[str]:
    """Give the colours of all that works are drawn on: land, water, beyond the city, casing."""
    file, _, others = MODES[mode]
    styles = (STYLES / file).read_text("utf-8")
    found = re.findall(r"--base-(?:land|water|beyond): (#\w{6});", styles)
    assert len(found) == 3
    return {*found, *others}


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("stage", STAGE_COLOURS)
def test_a_stage_stands_out_from_all_it_is_drawn_on(stage: Stage, mode: str) -> None:
    colour = MODES[mode][1][stage]
    assert min(contrast(colour, ground) for ground in grounds(mode)) >= 3


@pytest.mark.parametrize("mode", MODES)
def test_the_ramp_leaves_the_ground_step_by_step_so_that_it_reads_in_grey(mode: str) -> None:
    steps = [contrast(one, other) for one, other in pairwise(ramp(mode))]
    sign = 1 if mode == "light" else -1
    lights = [sign * luminance(colour) for colour in ramp(mode)]
    assert all(one > other for one, other in pairwise(lights))
    assert min(steps) > 1.12


@pytest.mark.parametrize(("mode", "apart"), [("light", 8), ("dark", 5.5)])
@pytest.mark.parametrize("vision", VISION)
def test_any_two_stages_are_told_apart(vision: str, mode: str, apart: float) -> None:
    pairs = combinations(MODES[mode][1].values(), 2)
    assert min(distance(one, other, vision) for one, other in pairs) > apart


def test_a_work_without_a_stage_looks_like_none_of_them() -> None:
    assert min(distance(NO_STAGE_COLOUR, one) for one in STAGE_COLOURS.values()) > 8


def test_the_measure_itself_knows_known_pairs() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert distance("#d00000", "#4a7a00") > 20
    assert distance("#a08000", "#b07000", "deuteranopia") < distance("#a08000", "#b07000")
