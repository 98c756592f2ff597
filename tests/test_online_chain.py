"""Online geocoders behind the gazetteer: who is asked, how often, and what a failure does."""

from dataclasses import replace
from pathlib import Path

import online_answers as said
from invented_city import GEOCODER, WEST, geocoder, held, place, work
from shapely.geometry import Point
from test_online_geocoder import PARK, asker

from geo.errors import OnlineError
from geo.geocode import place_works
from geo.model import PlacedWork, Precision, Theme, Work
from geo.online import behind
from geo.online.answers import Answer


def chained(tmp_path: Path, one: Work, **answers: tuple[Answer, ...] | OnlineError) -> PlacedWork:
    ask, _ = asker(tmp_path, **answers)
    (placed,) = place_works([one], behind(GEOCODER, [ask]))
    return placed


def test_the_gazetteers_own_place_is_never_asked_for(tmp_path: Path) -> None:
    one, told = asker(tmp_path)
    known = work("双塔保护遗址", Theme.CULTURE_HERITAGE, "双塔")
    (placed,) = place_works([known], behind(GEOCODER, [one]))
    assert placed == GEOCODER.locate(known)
    assert told.asked == []


def test_a_tie_of_the_gazetteer_is_not_broken_by_a_service_that_knows_one_of_the_two(
    tmp_path: Path,
) -> None:
    here, there = Point(120.2, 31.1), Point(119.3, 31.1)
    towers = [place("云岭古塔", "heritage_site", at, Precision.STREET, 100) for at in (here, there)]
    two = [replace(tower, place_id=f"tower-{n}") for n, tower in enumerate(towers)]
    answer = said.answered("云岭古塔", "heritage_site", (120.2, 31.1))
    one, told = asker(tmp_path, 云岭古塔=(answer,))
    works = [work("云岭古塔修缮", Theme.CULTURE_HERITAGE)]
    (placed,) = place_works(works, behind(geocoder(*two), [one]))
    assert placed.located_by.startswith("several places of the name: 云岭古塔")
    assert told.asked == []


def test_where_the_gazetteer_knows_only_the_district_a_service_may_know_the_site(
    tmp_path: Path,
) -> None:
    one = work("云湖公园", Theme.PARK, district="西州")
    site = said.answered(at=(119.5, 31.5))
    assert chained(tmp_path / "a", one, 云湖公园=(site,)).geometry == Point(119.5, 31.5)
    assert chained(tmp_path / "b", one).geometry == WEST
    broken = OnlineError("time-out", again=True)
    assert chained(tmp_path / "c", one, 云湖公园=broken).geometry == WEST


def test_the_first_service_that_knows_a_place_decides(tmp_path: Path) -> None:
    first, _ = asker(tmp_path / "1", "tianditu")
    second, _ = asker(tmp_path / "2", "amap", 云湖公园=(said.answered(),))
    third, told = asker(tmp_path / "3", "nominatim", 云湖公园=(said.answered(at=(120, 31.2)),))
    (placed,) = place_works([PARK], behind(GEOCODER, [first, second, third]))
    assert placed.source == "AMap 高德地图"
    assert told.asked == []


def test_a_work_that_nobody_places_says_what_each_said(tmp_path: Path) -> None:
    first, _ = asker(tmp_path / "1", "tianditu", 云湖公园=OnlineError("time-out"))
    second, _ = asker(tmp_path / "2", "amap")
    (placed,) = place_works([PARK], behind(GEOCODER, [first, second]))
    assert placed.located_by == (
        f"{GEOCODER.reason(PARK)}; Tianditu gave no answer (time-out); "
        "AMap knows no place of this name"
    )


def test_without_a_service_the_gazetteer_stands_alone() -> None:
    assert behind(GEOCODER, []) is GEOCODER


def test_a_question_is_asked_once_and_by_the_next_build_not_at_all(tmp_path: Path) -> None:
    first, told = asker(tmp_path, 云湖公园=(said.answered(),))
    place_works([PARK, PARK], behind(GEOCODER, [first]))
    again, untold = asker(tmp_path)
    (placed,) = place_works([PARK], behind(GEOCODER, [again]))
    assert (told.asked, untold.asked) == (["云湖公园"], [])
    assert placed.geometry == Point(said.PARK)


def parks(count: int) -> list[Work]:
    return [work(f"云湖第{number}公园", Theme.PARK) for number in range(count)]


def failing(works: list[Work], error: OnlineError) -> dict[str, OnlineError]:
    return {one.name: error for one in works}


def test_a_service_that_refuses_is_asked_no_more_and_warned_of_once(tmp_path: Path) -> None:
    works = parks(5)
    refusing, told = asker(tmp_path, **failing(works, OnlineError("status 10001", refused=True)))
    placed = place_works(works, behind(GEOCODER, [refusing]))
    assert len(told.asked) == 1
    assert {one.precision for one in placed} == {Precision.UNLOCATED}
    assert refusing.warning() == (
        "AMap left 5 of 5 questions without an answer (status 10001, not asked again after "
        "status 10001, 4 times), and those works without its help: check PLANNED_WORKS_AMAP_KEY "
        "and what this service allows you."
    )


def test_a_service_that_never_answers_is_left_after_three_questions(tmp_path: Path) -> None:
    works = parks(6)
    silent, told = asker(tmp_path, **failing(works, OnlineError("time-out", again=True)))
    place_works(works, behind(GEOCODER, [silent]))
    assert len(dict.fromkeys(told.asked)) == 3


def test_single_failures_do_not_end_the_asking(tmp_path: Path) -> None:
    works = parks(9)
    flaky, told = asker(tmp_path, **failing(works[::2], OnlineError("HTTP status 404")))
    place_works(works, behind(GEOCODER, [flaky]))
    assert len(told.asked) == 9
    assert "5 of 9" in flaky.warning()


def test_what_failed_is_asked_again_by_the_next_build(tmp_path: Path) -> None:
    broken, _ = asker(tmp_path, 云湖公园=OnlineError("HTTP status 500"))
    place_works([PARK], behind(GEOCODER, [broken]))
    mended, _ = asker(tmp_path, 云湖公园=(said.answered(),))
    (placed,) = place_works([PARK], behind(GEOCODER, [mended]))
    assert placed.geometry == Point(said.PARK)


def test_a_service_that_answered_all_is_not_warned_of(tmp_path: Path) -> None:
    fine, _ = asker(tmp_path)
    place_works([PARK], behind(GEOCODER, [fine]))
    assert fine.warning() == ""


def test_an_area_that_begins_the_name_gives_way_to_the_site(tmp_path: Path) -> None:
    town = held(place("云湖镇", "town", Point(119.4, 31.4)), "西州市")
    one, _ = asker(
        tmp_path, 云湖镇实验小学=(said.answered("云湖镇实验小学", "school", (119.41, 31.4)),)
    )
    works = [work("云湖镇实验小学", Theme.EDUCATION)]
    (placed,) = place_works(works, behind(geocoder(town), [one]))
    assert placed.geometry == Point(119.41, 31.4)
