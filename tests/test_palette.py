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

RAMP = [colour for stage, colour in STAGE_COLOURS.items() if stage is not Stage.ONGOING]
STATIC = Path(webmap.__file__).parent / "static"


def grounds() -> set[str]:
    """Give the colours of all that works are drawn on: land, water, beyond the city, paper."""
    areas = re.findall(r'fillColor: "(#\w{6})"', (STATIC / "js" / "base.js").read_text("utf-8"))
    beyond = re.findall(
        r"folium-map \{[^}]*background: (#\w{6})", (STATIC / "css" / "map.css").read_text("utf-8")
    )
    assert len(areas) == 2
    assert len(beyond) == 1
    return {*areas, *beyond, GROUND_COLOUR, CASING_COLOUR}


@pytest.mark.parametrize("stage", STAGE_COLOURS)
def test_a_stage_stands_out_from_all_it_is_drawn_on(stage: Stage) -> None:
    assert min(contrast(STAGE_COLOURS[stage], ground) for ground in grounds()) >= 3


def test_the_ramp_grows_darker_step_by_step_so_that_it_reads_in_grey() -> None:
    steps = [contrast(one, other) for one, other in pairwise(RAMP)]
    assert all(luminance(one) > luminance(other) for one, other in pairwise(RAMP))
    assert min(steps) > 1.12


@pytest.mark.parametrize("vision", VISION)
def test_any_two_stages_are_told_apart(vision: str) -> None:
    pairs = combinations(STAGE_COLOURS.values(), 2)
    assert min(distance(one, other, vision) for one, other in pairs) > 8


def test_a_work_without_a_stage_looks_like_none_of_them() -> None:
    assert min(distance(NO_STAGE_COLOUR, one) for one in STAGE_COLOURS.values()) > 8


def test_the_measure_itself_knows_known_pairs() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert distance("#d00000", "#4a7a00") > 20
    assert distance("#a08000", "#b07000", "deuteranopia") < distance("#a08000", "#b07000")
