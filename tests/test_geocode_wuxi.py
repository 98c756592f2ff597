"""The works of the built-in plan, as annotated by hand, on the gazetteer of their city."""

import csv
import json
import statistics
import time
from pathlib import Path

import pytest
import shapely
from invented_city import work
from shapely.geometry import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from geo.gazetteer import Gazetteer, load_gazetteer
from geo.geocode import GazetteerGeocoder, place_works
from geo.model import Locatable, PlacedWork, Precision, Theme

GOLD = Path(__file__).with_name("gold") / "wuxi2020.jsonl"


@pytest.fixture(scope="module")
def wuxi() -> Gazetteer:
    return load_gazetteer("无锡")


@pytest.fixture(scope="module")
def core(wuxi: Gazetteer) -> dict[str, PlacedWork]:
    rows = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    works = [
        work(
            row["name"],
            Theme(row["theme"]),
            *row["place"],
            locatable=Locatable(row["locatable"]),
            district=row.get("district") or "",
        )
        for row in rows
        if not row.get("borderline")
    ]
    start = time.process_time()
    placed = place_works(works, GazetteerGeocoder(wuxi))
    assert time.process_time() - start < 1
    return {one.work.name: one for one in placed}


def locate(wuxi: Gazetteer, name: str, theme: Theme) -> PlacedWork:
    (placed,) = place_works([work(name, theme, name)], GazetteerGeocoder(wuxi))
    return placed


def test_every_core_named_work_has_geometry_and_says_how(core: dict[str, PlacedWork]) -> None:
    assert len(core) == 75
    for one in core.values():
        assert one.geometry is not None, one.work.name
        assert one.uncertainty_m, one.work.name
        assert one.source, one.work.name
        assert one.licence, one.work.name


def test_no_core_work_leaves_the_city_but_lines(
    wuxi: Gazetteer, core: dict[str, PlacedWork]
) -> None:
    assert wuxi.city is not None
    for one in core.values():
        assert one.geometry is not None
        assert one.precision is not Precision.OUTSIDE
        assert one.geometry.intersects(wuxi.city.geometry), one.work.name
        if one.precision is not Precision.SCHEMATIC:
            assert wuxi.city.geometry.buffer(1e-6).covers(one.geometry), one.work.name


@pytest.mark.parametrize("number", [3, 4])
def test_metro_lines_three_and_four_are_the_surveyed_lines(
    wuxi: Gazetteer, core: dict[str, PlacedWork], number: int
) -> None:
    found = core[f"地鐵{number}號線一期"]
    (line,) = wuxi.search(f"无锡地铁{number}号线一期")
    assert isinstance(found.geometry, LineString)
    assert found.geometry.equals_exact(line.geometry, 0)
    assert len(found.geometry.coords) > 80
    assert (found.precision, found.uncertainty_m) == (Precision.SURVEYED, 50)


def test_a_line_whose_kind_the_list_carries_over_is_the_same_line(wuxi: Gazetteer) -> None:
    found = locate(wuxi, "4號線一期", Theme.METRO)
    assert found.precision is Precision.SURVEYED


def test_motorways_railways_and_trunk_roads_are_schematic_lines(
    core: dict[str, PlacedWork],
) -> None:
    names = ("蘇錫常南部高速", "宜長高速", "常宜高速一期", "鹽泰錫常宜鐵路", "錫宜城際軌道交通工程")
    for name in (*names, "312國道快速化改造工程", "鳳翔路快速化改造", "江陰第二過江通道"):
        assert core[name].precision is Precision.SCHEMATIC, name
        assert isinstance(core[name].geometry, LineString), name


def test_hills_are_hills_and_shores_and_new_towns_are_areas(core: dict[str, PlacedWork]) -> None:
    hill = core["惠山山體保護"]
    assert hill.place is not None
    assert (hill.place.kind, hill.district, hill.verified) == ("hill", "滨湖区", False)
    for name in (
        "青龍山山體保護",
        "貢湖灣濕地管護",
        "蠡湖灣建設",
        "沿江生態綠色廊道",
        "太湖生態保護圈",
    ):
        assert core[name].precision is Precision.AREA, name
        assert isinstance(core[name].geometry, Polygon), name


def test_counted_works_lie_on_the_city_or_what_the_text_says(
    wuxi: Gazetteer, core: dict[str, PlacedWork]
) -> None:
    counted = [one for one in core.values() if one.work.locatable is Locatable.CITYWIDE_QUANTITY]
    assert {one.precision for one in counted} == {Precision.CITY}
    assert wuxi.city is not None
    assert wuxi.urban is not None
    assert core["污水處理廠提標改造"].geometry == wuxi.city.geometry
    assert core["新增綠地"].geometry == wuxi.urban.geometry
    assert core["新增綠地"].district == "市区"


@pytest.mark.parametrize(
    ("name", "phrase"),
    [
        ("南京理工大學江陰校區", "gazetteer name: 南京理工大学江阴校区"),
        ("錫東垃圾焚燒發電廠提標擴容", "gazetteer name: 锡东垃圾焚烧发电厂"),
        ("無錫(江陰)港集疏運體系", "gazetteer name: 无锡(江阴)港"),
        ("中瑞生態城地鐵TOD綜合示范項目", "inside gazetteer area: 中瑞生态城"),
        (
            "沿江、沿湖、沿河、沿路生態防護林",
            "city polygon: 沿江、沿湖、沿河、沿路 have no published limits",
        ),
        (
            "市殘疾人綜合服務基地一期",
            "city polygon: the city's own facility, its site is not known",
        ),
    ],
)
def test_located_by_says_what_found_a_place(
    core: dict[str, PlacedWork], name: str, phrase: str
) -> None:
    assert core[name].located_by == phrase


def test_districts_are_given_by_their_full_names(core: dict[str, PlacedWork]) -> None:
    assert core["江陰危化品應急救援基地"].district == "江阴市"
    assert core["國際會議中心"].district == "滨湖区"
    assert core["大拈花灣"].district == "宜兴市"


@pytest.mark.parametrize("name", ["柬埔寨西港特區", "虹橋商務區", "西港特區建設"])
def test_what_the_plan_names_beyond_the_city_never_lands_inside(wuxi: Gazetteer, name: str) -> None:
    assert wuxi.city is not None
    for theme in (Theme.INDUSTRY, Theme.NEW_TOWN, Theme.OTHER):
        found = locate(wuxi, name, theme)
        assert found.precision is Precision.OUTSIDE
        assert found.geometry is not None
        assert found.geometry.distance(wuxi.city.geometry) > 0.5


@pytest.mark.parametrize(
    ("name", "theme", "kind"),
    [
        ("惠山", Theme.GREENING, "hill"),
        ("惠山", Theme.HOUSING_RENEWAL, "district"),
        ("惠山古鎮", Theme.CULTURE_HERITAGE, "historic_quarter"),
        ("惠山新城", Theme.NEW_TOWN, "new_town"),
        ("錫東", Theme.WASTE, "waste_plant"),
        ("錫東", Theme.NEW_TOWN, "new_town"),
        ("太湖", Theme.WATER, "lake"),
        ("馬山", Theme.TOURISM, "tourism_area"),
        ("馬山", Theme.VILLAGE, "town"),
    ],
)
def test_an_ambiguous_name_is_the_kind_that_fits(
    wuxi: Gazetteer, name: str, theme: Theme, kind: str
) -> None:
    found = locate(wuxi, name, theme)
    assert found.place is not None
    assert found.place.kind == kind


@pytest.mark.parametrize(
    ("name", "theme"),
    [
        ("長江路", Theme.ROAD),
        ("地鐵5號線", Theme.METRO),
        ("太湖學院路", Theme.ROAD),
        ("江南大學附屬醫院", Theme.HEALTH),
        ("江陰路", Theme.ROAD),
        ("體育中心", Theme.SPORT),
        ("蠡湖", Theme.WATER),
    ],
)
def test_what_only_sounds_like_a_place_is_not_put_there(
    wuxi: Gazetteer, name: str, theme: Theme
) -> None:
    assert locate(wuxi, name, theme).precision is Precision.UNLOCATED


def test_a_later_phase_is_never_drawn_as_the_surveyed_first_one(wuxi: Gazetteer) -> None:
    found = locate(wuxi, "地铁3号线二期", Theme.METRO)
    assert found.precision is Precision.AREA
    assert found.located_by.startswith("near gazetteer place")


@pytest.fixture(scope="module")
def checked(shared: Path) -> dict[str, BaseGeometry]:
    """Positions that were checked by hand, by name in simplified script."""
    with (shared / "gazetteer" / "wuxi.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["verified"] == "yes" and row["wkt"]]
    return {row["name_hans"]: shapely.from_wkt(row["wkt"]) for row in rows}


def test_point_like_works_lie_at_their_checked_places(
    core: dict[str, PlacedWork], checked: dict[str, BaseGeometry]
) -> None:
    distances = [
        one.geometry.distance(checked[one.place.name_hans]) * 111_000
        for one in core.values()
        if isinstance(one.geometry, Point) and one.place and one.place.name_hans in checked
    ]
    assert len(distances) > 3
    assert statistics.median(distances) <= 300


@pytest.mark.parametrize("number", [3, 4])
def test_metro_lines_follow_the_checked_ones(
    core: dict[str, PlacedWork], checked: dict[str, BaseGeometry], number: int
) -> None:
    line = core[f"地鐵{number}號線一期"].geometry
    known = [shape for name, shape in checked.items() if f"地铁{number}号线" in name]
    assert line is not None
    assert known
    assert min(line.hausdorff_distance(shape) for shape in known) * 111_000 <= 60
