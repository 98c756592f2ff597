"""Whether a layer is shifted is told from places that are known, and never guessed."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.crs import Datum, Verdict, convert, detect_datum
from geo.crs.shift import Points

WGS84, GCJ02, BD09 = Datum


def places(count: int, seed: int = 1) -> Points:
    return np.random.default_rng(seed).uniform((119.5, 31.2), (120.6, 31.9), (count, 2))


def blurred(points: Points, metres: float, seed: int = 2) -> Points:
    noise = np.random.default_rng(seed).normal(0, metres / 111_320, points.shape)
    return points + noise


def layer(known: Points, datum: Datum, metres: float = 50) -> Verdict:
    return detect_datum(blurred(convert(known, WGS84, datum), metres), known)


@given(st.sampled_from(Datum), st.integers(12, 200), st.integers(0, 10_000), st.floats(0, 80))
def test_a_layer_is_told_by_places_that_lie_near_its_own(
    datum: Datum, count: int, seed: int, metres: float
) -> None:
    assert layer(places(count, seed), datum, metres).datum is datum


@pytest.mark.parametrize("datum", Datum)
def test_coarse_places_tell_it_where_there_are_many(datum: Datum) -> None:
    assert layer(places(1000), datum, metres=1000).datum is datum


@pytest.mark.parametrize("datum", Datum)
def test_coarse_places_tell_nothing_where_there_are_few(datum: Datum) -> None:
    assert layer(places(8), datum, metres=1500).datum is None


def test_few_coarse_places_never_tell_a_wrong_datum() -> None:
    told = {
        detect_datum(blurred(convert(known, WGS84, GCJ02), 800, seed), known).datum
        for seed in range(150)
        for known in [places(9, seed + 1000)]
    }
    assert told <= {None, GCJ02}


def test_single_wrong_pairs_do_not_matter() -> None:
    known = places(30)
    found = blurred(convert(known, WGS84, GCJ02), 30)
    found[:9] += (0.5, -0.3)
    assert detect_datum(found, known).datum is GCJ02


def test_a_shift_of_another_kind_is_no_datum() -> None:
    known = places(30)
    verdict = detect_datum(known - (0.02, 0.01), known)
    assert verdict.datum is None
    assert verdict.is_elsewhere
    assert "30 places" in verdict.evidence


def test_outside_china_the_datums_are_alike_and_nothing_is_told() -> None:
    known = np.array([[2.35 + n / 100, 48.85] for n in range(20)])
    assert detect_datum(known, known).datum is None
    assert not detect_datum(known, known).is_elsewhere


@pytest.mark.parametrize("count", [0, 1, 5])
def test_too_few_places_tell_nothing(count: int) -> None:
    verdict = layer(places(9)[:count], GCJ02)
    assert verdict.datum is None
    assert verdict.evidence == f"{count} places are known in both; at least 6 are needed"


def test_positions_that_are_no_numbers_are_left_out() -> None:
    known = places(9)
    found = convert(known, WGS84, BD09)
    found[0] = np.nan
    assert detect_datum(found, known).pairs == 8


def test_the_evidence_has_the_offset_from_each_datum() -> None:
    evidence = layer(places(40), GCJ02).evidence
    assert evidence.startswith("median of 40 places: ")
    assert all(f" m from {datum}" in evidence for datum in Datum)
