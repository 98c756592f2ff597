"""What is believed of an online geocoder: only a place of the name, in the city, that fits."""

from dataclasses import replace
from pathlib import Path

import online_answers as said
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_city import CITY, GEOCODER, work
from shapely.geometry import Point, Polygon

from geo.errors import OnlineError
from geo.gazetteer import Gazetteer
from geo.geocode import place_works
from geo.model import Locatable, PlacedWork, Precision, Theme, Work
from geo.online.answers import Answer, Question
from geo.online.asking import Asker
from geo.online.cache import Cache
from geo.online.geocoder import OnlineGeocoder
from geo.online.judging import judge
from geo.online.naming import agrees, questions
from geo.online.pace import Pace
from geo.online.providers import PROVIDERS

GAZETTEER = GEOCODER.gazetteer
PARK = work("云湖公园改造工程", Theme.PARK)


class Told:
    """A service that gives what it was told, by question."""

    def __init__(self, answers: dict[str, tuple[Answer, ...] | OnlineError]) -> None:
        self.answers = answers
        self.asked: list[str] = []

    def ask(self, question: Question) -> tuple[Answer, ...]:
        self.asked.append(question.text)
        answer = self.answers.get(question.text, ())
        if isinstance(answer, OnlineError):
            raise answer
        return answer


def asker(
    folder: Path, provider: str = "amap", **answers: tuple[Answer, ...] | OnlineError
) -> tuple[Asker, Told]:
    told = Told(dict(answers))
    pace = Pace(0, sleep=lambda _seconds: None)
    return Asker(PROVIDERS[provider], told, provider, pace, Cache(folder)), told


def found(
    folder: Path, *answers: Answer, one: Work = PARK, question: str = "云湖公园"
) -> PlacedWork:
    online = OnlineGeocoder(asker(folder, **{question: answers})[0], GAZETTEER)
    (placed,) = place_works([one], online)
    return placed


def test_a_place_of_the_name_in_the_city_is_the_works_place(tmp_path: Path) -> None:
    placed = found(tmp_path, said.answered())
    assert placed.geometry == Point(said.PARK)
    assert (placed.precision, placed.uncertainty_m) == (Precision.STREET, 300)
    assert placed.located_by == "online geocoder: AMap: 云湖公园"
    assert (placed.district, placed.verified) == ("东山区", True)
    assert (placed.source, placed.licence) == ("AMap 高德地图", "terms of AMap")
    assert placed.place is not None
    assert (placed.place.place_id, placed.place.kind) == ("amap:id/云湖公园", "park")


def test_places_of_openstreetmap_are_under_its_licence(tmp_path: Path) -> None:
    one, _ = asker(tmp_path, "nominatim", 云湖公园=(said.answered(),))
    placed = OnlineGeocoder(one, GAZETTEER).locate(PARK)
    assert placed is not None
    assert placed.licence == "ODbL-1.0"
    assert "OpenStreetMap" in placed.source


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (None, "knows no place of this name"),
        (said.answered(at=(121.5, 31.2)), "knows only places outside the city"),
        (said.answered("云海公园"), "knows only places of another name"),
        (said.answered("云湖公园东门"), "knows only places of another name"),
        (said.answered("云湖"), "knows only places of another name"),
        (said.answered(kind="hospital"), "knows only places of another kind"),
        (said.answered(kind="metro_station"), "knows only places of another kind"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_reason(
    tmp_path: Path, answer: Answer | None, reason: str
) -> None:
    placed = found(tmp_path, *([answer] if answer else []))
    assert placed.precision is Precision.UNLOCATED
    assert placed.located_by == f"AMap {reason}"


def test_what_was_refused_in_the_city_is_kept_for_a_person_to_choose_from(tmp_path: Path) -> None:
    there, other = said.answered(at=(119.5, 31.5)), said.answered("云海公园")
    placed = found(tmp_path / "tie", said.answered(), there, other)
    assert [one.within for one in placed.candidates] == ["东山区", "西州市"]
    placed = found(tmp_path / "name", other, said.answered(at=(100.0, 25.0)))
    (kept,) = placed.candidates
    assert (kept.name, kept.kind, kept.licence) == ("云海公园", "park", "terms of AMap")
    assert kept.reasons == ("AMap knows only places of another name",)
    assert found(tmp_path / "right", said.answered()).candidates == ()


def test_a_place_outside_the_district_of_the_text_is_refused(tmp_path: Path) -> None:
    placed = found(tmp_path, said.answered(), one=replace(PARK, district="西州市"))
    assert placed.located_by == "AMap knows only places outside the stated district"


def test_of_many_answers_the_one_that_fits_is_taken(tmp_path: Path) -> None:
    wrong = said.answered("云湖公园停车场"), said.answered(kind="hospital")
    elsewhere = said.answered(at=(100.0, 25.0))
    assert found(tmp_path, *wrong, elsewhere, said.answered()).geometry == Point(said.PARK)


def test_two_places_of_the_name_are_a_tie_and_neither_is_taken(tmp_path: Path) -> None:
    placed = found(tmp_path, said.answered(), said.answered(at=(119.5, 31.5)))
    assert placed.located_by == "AMap knows several places of this name"


def test_pieces_of_one_road_are_one_place_as_uncertain_as_it_is_long(tmp_path: Path) -> None:
    pieces = [
        said.answered("云湖路", "road", (120.2 + n / 100, 31.5), Precision.APPROXIMATE, 2000)
        for n in range(5)
    ]
    placed = found(tmp_path, *pieces, one=work("云湖路改造", Theme.ROAD), question="云湖路")
    assert placed.uncertainty_m is not None
    assert 3500 < placed.uncertainty_m < 4500
    assert placed.precision is Precision.AREA
    assert isinstance(placed.geometry, Polygon)


def test_a_town_is_a_disc_in_its_district_never_a_point(tmp_path: Path) -> None:
    town = said.answered("云湖镇", "town", (120.59, 31.5), Precision.AREA, 3000)
    placed = found(tmp_path, town, one=work("云湖镇", Theme.VILLAGE), question="云湖镇")
    assert placed.precision is Precision.AREA
    assert isinstance(placed.geometry, Polygon)
    assert CITY.buffer(1e-9).covers(placed.geometry)


def test_a_point_never_stands_for_a_line(tmp_path: Path) -> None:
    unknown = said.answered("云湖专线", "")
    for theme in (Theme.METRO, Theme.RAILWAY, Theme.EXPRESSWAY, Theme.ROAD):
        placed = found(tmp_path, unknown, one=work("云湖专线", theme), question="云湖专线")
        assert placed.located_by == "AMap knows only places of another kind"


def test_a_position_without_a_name_is_not_verified(tmp_path: Path) -> None:
    placed = found(tmp_path, said.answered(""))
    assert placed.geometry == Point(said.PARK)
    assert not placed.verified
    assert placed.place is not None
    assert placed.place.place_id.startswith("amap:")


def test_counted_works_and_cities_without_boundary_are_not_asked_for(tmp_path: Path) -> None:
    one, told = asker(tmp_path)
    counted = replace(PARK, locatable=Locatable.CITYWIDE_QUANTITY)
    nowhere = Gazetteer("丙", (), GAZETTEER.kinds, GAZETTEER.words)
    assert OnlineGeocoder(one, GAZETTEER).locate(counted) is None
    assert OnlineGeocoder(one, nowhere).locate(PARK) is None
    assert OnlineGeocoder(one, nowhere).reason(PARK) == ""
    assert told.asked == []


@pytest.mark.parametrize(
    ("one", "asked"),
    [
        (work("雲湖公園改造工程", Theme.PARK), ("云湖公园",)),
        (work("云湖公园二期", Theme.PARK), ("云湖公园",)),
        (work("云湖路北延工程", Theme.ROAD), ()),
        (work("提升品质", Theme.PARK, "云湖公园", "东山区", "云湖"), ("提升品质", "云湖公园")),
        (work("西州市", Theme.OTHER), ()),
        (work("湖", Theme.PARK), ()),
    ],
)
def test_the_name_itself_is_asked_for_without_what_is_done(
    one: Work, asked: tuple[str, ...]
) -> None:
    assert questions(GAZETTEER, one) == asked


@pytest.mark.parametrize(
    "answer",
    ["云湖公园", "雲湖公園", "甲市云湖公园", "东山区云湖公园", "云湖公园(东门)", "云湖国家公园"],
)
def test_a_name_agrees_give_or_take_city_district_and_rank(answer: str) -> None:
    assert agrees(GAZETTEER, "云湖公园", answer)


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("甲市第一人民医院", "甲市第二人民医院"),
        ("云湖公园", "云湖公园路"),
        ("云湖公园", "云湖"),
        ("云湖公园", "北云湖公园"),
        ("云湖公园", "云湖公园站(地铁站)"),
        ("云湖公园", ""),
    ],
)
def test_a_name_that_is_only_alike_does_not_agree(asked: str, answer: str) -> None:
    assert not agrees(GAZETTEER, asked, answer)


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_names_are_compared(asked: str, answer: str) -> None:
    assert agrees(GAZETTEER, asked, answer) in {True, False}


ALIKE = ["云湖公园", "云湖公园路", "北云湖公园", "云海公园", "云湖", "甲市云湖公园", "云湖公园站"]
alike_answers = st.lists(
    st.builds(
        said.answered,
        st.sampled_from(ALIKE),
        st.sampled_from(["park", "metro_station", "road", "hospital", "wetland", ""]),
        st.tuples(st.floats(118.5, 121), st.floats(30.5, 32.5)),
    ),
    max_size=6,
)


@given(alike_answers)
def test_among_places_that_are_alike_none_is_taken_that_is_not_meant(
    answers: list[Answer],
) -> None:
    judgement = judge(GAZETTEER, PARK, "云湖公园", answers)
    meant = [
        answer
        for answer in answers
        if answer.names[0] in {"云湖公园", "甲市云湖公园"}
        and answer.kind in {"park", "wetland", ""}
        and CITY.covers(answer.point)
    ]
    if judgement.answer is None:
        assert judgement.reason
        assert len(meant) != 1
    else:
        assert judgement.answer.point in [answer.point for answer in meant]
