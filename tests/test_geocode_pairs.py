"""How plans write names and how maps write them: which pairs are one place, and which are not."""

from dataclasses import replace

import pytest
from invented_city import CITY, geocoder, held, place, placed, work
from shapely.geometry import LineString, Point

from geo.gazetteer.vocabulary import load_kinds
from geo.model import Place, Precision, Theme

HERE = Point(120.35, 31.55)
TRACK = LineString([(120.2, 31.5), (120.5, 31.6)])
LINES = {"road", "expressway", "railway", "metro_line", "river", "canal"}


def mapped(name: str, kind: str, *aliases: str) -> Place:
    """Make a place as an extract of a map has it."""
    is_area = load_kinds()[kind].extent == "area"
    shape = TRACK if kind in LINES else HERE.buffer(0.01) if is_area else HERE
    return held(place(name, kind, shape, Precision.SURVEYED, 30), "", *aliases)


# The work's name and theme, the map's name and kind.
PAIRS = [
    # roads
    ("云川东路改造", Theme.ROAD, "云川东路", "road"),
    ("云川大道快速化改造工程", Theme.ROAD, "云川大道", "road"),
    ("新建云川大道", Theme.ROAD, "云川大道", "road"),
    ("云川大道(含桥梁)拓宽工程", Theme.ROAD, "云川大道", "road"),
    ("云川快速路", Theme.ROAD, "云川高架路", "road"),
    ("云川高架工程", Theme.ROAD, "云川高架", "road"),
    ("云石公路改扩建", Theme.ROAD, "云石线", "road"),
    ("347国道改扩建工程", Theme.ROAD, ["甲石大道", "G347"][0], "road", "G347"),
    ("G347改线工程", Theme.ROAD, "甲石大道", "road", "G347"),
    ("S230省道", Theme.ROAD, "石塘线", "road", "S230"),
    ("县道X201改造", Theme.ROAD, "塘口线", "road", "X201"),
    ("云石高速公路", Theme.EXPRESSWAY, "云石高速", "expressway"),
    ("云石高速", Theme.EXPRESSWAY, "G98云石高速公路", "expressway"),
    ("S98高速公路扩建", Theme.EXPRESSWAY, "云石高速公路", "expressway", "S98"),
    ("S4公路", Theme.EXPRESSWAY, "云金高速公路", "expressway", "S4"),
    ("云川互通", Theme.EXPRESSWAY, "云川立交", "interchange"),
    ("云川枢纽互通改造", Theme.EXPRESSWAY, "云川枢纽", "interchange"),
    ("云川特大桥", Theme.BRIDGE_CROSSING, "云川大桥", "bridge"),
    ("云湖隧道", Theme.BRIDGE_CROSSING, "云湖湖底隧道", "tunnel"),
    ("云川路道路新建工程", Theme.ROAD, "云川路", "road"),
    ("云州至石塘高速公路", Theme.EXPRESSWAY, "云石高速公路", "expressway"),
    ("云州—石塘城际铁路", Theme.RAILWAY, "云石城际铁路", "railway"),
    # rails
    ("轨道交通M102线", Theme.METRO, "甲地铁M102线", "metro_line"),
    ("轨道交通云川线", Theme.METRO, "甲市轨道交通云川线", "metro_line"),
    ("云川线", Theme.METRO, "甲轨道交通云川线", "metro_line"),
    ("地铁5号线一期", Theme.METRO, "甲地铁5号线", "metro_line"),
    ("轨道交通5号线", Theme.METRO, "地铁5号线", "metro_line"),
    ("5号线", Theme.METRO, "甲市轨道交通5号线", "metro_line"),
    ("5号线二期工程", Theme.METRO, "地铁5号线: 东站 → 西站", "metro_line"),
    ("S3线", Theme.METRO, "地铁S3号线", "metro_line"),
    ("云石高铁", Theme.RAILWAY, "云石高速铁路", "railway"),
    ("云石高速铁路", Theme.RAILWAY, "云石客运专线", "railway"),
    ("云石城际铁路", Theme.RAILWAY, "云石城际线", "railway"),
    ("云石铁路电气化改造", Theme.RAILWAY, "云石线", "railway"),
    ("云川站", Theme.RAILWAY, "云川", "railway_station"),
    ("云川高铁站站房工程", Theme.RAILWAY, "云川站", "railway_station"),
    ("云川综合交通枢纽", Theme.RAILWAY, "云川站", "railway_station"),
    ("云川公园站", Theme.METRO, "云川公园", "metro_station"),
    ("云川国际机场改扩建工程", Theme.AIRPORT, "甲云川机场", "airport"),
    # water, sewage, waste, power
    ("云川污水处理厂三期扩建工程", Theme.SEWAGE, "云川污水处理厂", "sewage_plant"),
    ("云川污水厂提标改造", Theme.SEWAGE, "甲市云川污水处理厂", "sewage_plant"),
    ("云川污水处理厂", Theme.SEWAGE, "云川水质净化厂", "sewage_plant"),
    ("云川水厂深度处理", Theme.WATER, "云川自来水厂", "water_works"),
    ("云湖生态修复", Theme.WATER, "云湖", "lake"),
    ("云川河综合整治工程", Theme.WATER, "云川河", "river"),
    ("云川航道整治", Theme.PORT, "云川运河", "canal"),
    ("云芦线内河航道", Theme.PORT, "云芦线航道", "canal"),
    ("云川水库除险加固", Theme.WATER, "云川水库", "reservoir"),
    ("云川水利枢纽", Theme.WATER, "云川枢纽", "sluice"),
    ("云川生活垃圾焚烧发电厂二期", Theme.WASTE, "云川垃圾焚烧厂", "waste_plant"),
    ("云川热电厂", Theme.POWER, "云川电厂", "power_plant"),
    ("500千伏云川输变电工程", Theme.POWER, "云川变电站", "substation"),
    ("220千伏云川变", Theme.POWER, "云川变电站", "substation"),
    # culture, schools, health
    ("云川国家湿地公园", Theme.WETLAND, "云川湿地公园", "wetland"),
    ("云川公园二期", Theme.PARK, "云川公园", "park"),
    ("云川公园南区", Theme.PARK, "云川公园", "park"),
    ("云山国家森林公园提升", Theme.PARK, "云山森林公园", "forest"),
    ("云山风景区", Theme.TOURISM, "云山风景名胜区", "tourism"),
    ("云川大学云湖校区二期", Theme.EDUCATION, "云川大学(云湖校区)", "university"),
    ("云川大学国际校区", Theme.EDUCATION, "云川大学甲国际校区", "university"),
    ("云川中学改扩建", Theme.EDUCATION, "甲市云川高级中学", "school"),
    ("市中医院", Theme.HEALTH, "甲市中医医院", "hospital"),
    ("甲市二中扩建", Theme.EDUCATION, "甲市第二中学", "school"),
    ("云川古镇", Theme.CULTURE_HERITAGE, "云川古镇", "historic_quarter"),
    ("第二人民医院", Theme.HEALTH, "甲市第二人民医院", "hospital"),
    ("市第二人民医院扩建", Theme.HEALTH, "甲市第二人民医院", "hospital"),
    ("市图书馆改造提升工程", Theme.CULTURE_HERITAGE, "甲市图书馆", "library"),
    ("市博物馆", Theme.CULTURE_HERITAGE, "甲博物院", "museum"),
    ("云川大剧院", Theme.CULTURE_HERITAGE, "云川剧院", "theatre"),
    ("云川体育中心", Theme.SPORT, "云川奥体中心", "stadium"),
    ("云川专业足球场", Theme.SPORT, "云川足球场", "stadium"),
    ("云川国际会展中心", Theme.OTHER, "云川会展中心", "venue"),
    ("云川历史街区保护利用", Theme.CULTURE_HERITAGE, "云川历史文化街区", "historic_quarter"),
    ("云川综保区", Theme.INDUSTRY, "云川综合保税区", "industrial_park"),
]

# Look-alikes: the same words, another thing.
LOOKALIKES = [
    ("云川大道", Theme.ROAD, "云川路", "road"),
    ("云川路", Theme.ROAD, "云川大道", "road"),
    ("云川东路", Theme.ROAD, "云川西路", "road"),
    ("云川东路", Theme.ROAD, "云川路", "road"),
    ("云川路", Theme.ROAD, "云川", "metro_station"),
    ("云石高速铁路", Theme.RAILWAY, "云石铁路", "railway"),
    ("云石铁路", Theme.RAILWAY, "云石城际铁路", "railway"),
    ("云石高速", Theme.EXPRESSWAY, "云石高铁", "railway"),
    ("5号线", Theme.METRO, "地铁15号线", "metro_line"),
    ("地铁5号线", Theme.METRO, "地铁S5号线", "metro_line"),
    ("347国道", Theme.ROAD, "石塘线", "road", "S347"),
    ("S42公路", Theme.EXPRESSWAY, "云石高速公路", "expressway", "G42"),
    ("云川第二污水处理厂", Theme.SEWAGE, "云川第一污水处理厂", "sewage_plant"),
    ("云川污水处理厂", Theme.SEWAGE, "云川水厂", "water_works"),
    ("云川污水处理厂", Theme.SEWAGE, "云川", "village"),
    ("云川水厂", Theme.WATER, "云川污水处理厂", "sewage_plant"),
    ("云川电厂", Theme.POWER, "云川变电站", "substation"),
    ("云川小学", Theme.EDUCATION, "云川中学", "school"),
    ("云川中学", Theme.EDUCATION, "云川小学", "school"),
    ("第二中学", Theme.EDUCATION, "第十二中学", "school"),
    ("云川幼儿园", Theme.EDUCATION, "云川大学", "university"),
    ("云川大学附属医院", Theme.HEALTH, "云川大学", "university"),
    ("云川医院新院区", Theme.HEALTH, "云川医院", "hospital"),
    ("云川医院", Theme.HEALTH, "云川中医院", "hospital"),
    ("第二人民医院", Theme.HEALTH, "第三人民医院", "hospital"),
    ("云川大学东校区", Theme.EDUCATION, "云川大学西校区", "university"),
    ("云川大学云湖校区", Theme.EDUCATION, "云川大学", "university"),
    ("云川大学附属小学", Theme.EDUCATION, "云川大学", "university"),
    ("云川文化公园", Theme.PARK, "云川公园", "park"),
    ("云川湿地公园", Theme.WETLAND, "云川公园", "park"),
    ("云川博物馆", Theme.CULTURE_HERITAGE, "云川美术馆", "museum"),
    ("云川体育馆", Theme.SPORT, "云川体育场", "stadium"),
    ("云川高新区", Theme.INDUSTRY, "云川经济开发区", "development_zone"),
    ("云川大桥", Theme.BRIDGE_CROSSING, "云川桥", "bridge"),
    ("云川隧道", Theme.BRIDGE_CROSSING, "云川大桥", "bridge"),
    ("云川站", Theme.RAILWAY, "云川东站", "railway_station"),
    ("云川水库", Theme.WATER, "云川湖", "lake"),
]


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair[0]}={pair[2]}")
def test_a_name_of_a_plan_is_the_place_that_a_map_names_so(
    pair: tuple[str, Theme, str, str, *tuple[str, ...]],
) -> None:
    name, theme, known, kind, *aliases = pair
    target = mapped(known, kind, *aliases)
    found = placed(work(name, theme), geocoder(target))
    assert found.place is not None, found.located_by
    assert found.place.name == target.name, found.located_by
    assert found.geometry is not None
    assert found.geometry.distance(target.geometry) == 0
    assert found.precision not in {Precision.AREA, Precision.CITY}


@pytest.mark.parametrize("pair", LOOKALIKES, ids=lambda pair: f"{pair[0]}#{pair[2]}")
def test_a_look_alike_is_never_taken_for_the_place(
    pair: tuple[str, Theme, str, str, *tuple[str, ...]],
) -> None:
    name, theme, known, kind, *aliases = pair
    target = mapped(known, kind, *aliases)
    found = placed(work(name, theme), geocoder(target))
    assert found.precision in {Precision.UNLOCATED, Precision.AREA}, found.located_by
    if found.geometry is not None:
        assert found.geometry.geom_type.endswith("Polygon")


@pytest.mark.parametrize("name", ["云川大学云湖校区", "云川医院新院区", "云川大学附属医院二期"])
def test_another_ground_of_an_owner_is_not_even_near_its_first(name: str) -> None:
    owner = mapped("云川大学" if "大学" in name else "云川医院", "university")
    found = placed(work(name, Theme.EDUCATION), geocoder(owner))
    assert found.precision is Precision.UNLOCATED


def test_of_places_numbered_alike_a_work_without_number_lies_round_them() -> None:
    one, two = (
        replace(mapped(f"云川第{number}污水处理厂", "sewage_plant"), geometry=Point(120.35, y))
        for number, y in (("一", 31.55), ("二", 31.56))
    )
    found = placed(work("云川污水处理厂四期", Theme.SEWAGE), geocoder(one, two))
    assert found.precision is Precision.AREA
    assert found.geometry is not None
    assert found.geometry.covers(one.geometry)
    assert found.geometry.covers(two.geometry)
    assert found.geometry.area < CITY.area / 100
    assert {candidate.name for candidate in found.candidates} == {one.name, two.name}


def test_a_road_that_the_map_holds_by_its_sides_is_all_of_them() -> None:
    east = replace(mapped("云川东路", "road"), geometry=LineString([(120.3, 31.5), (120.4, 31.5)]))
    west = replace(mapped("云川西路", "road"), geometry=LineString([(120.2, 31.5), (120.3, 31.5)]))
    found = placed(work("云川路改造", Theme.ROAD), geocoder(east, west))
    assert found.located_by == "gazetteer lines of one name: 云川东路、云川西路"
    assert found.geometry is not None
    assert found.geometry.bounds == (120.2, 31.5, 120.4, 31.5)
    assert placed(work("云川路改造", Theme.ROAD), geocoder(east)).precision is Precision.UNLOCATED
