"""A generated city full of look-alikes, as a map's extract and as a plan: what is placed where?

One set of names is borne by roads, stations, plants, schools, hills and villages, some twice in
the city and some in the next city only; the plan writes them in its own way, and names many things
that the map lacks. All names are invented.
"""

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import shapely
from invented_city import held, place, work
from osm_files import OsmFile
from shapely.geometry import LineString, Point, box
from shapely.geometry.base import BaseGeometry

from geo.gazetteer import Gazetteer
from geo.gazetteer.importing import import_file
from geo.gazetteer.library import open_library
from geo.gazetteer.vocabulary import load_kinds, load_words
from geo.geocode import GazetteerGeocoder, place_works
from geo.model import PlacedWork, Precision, Theme, Work

CITY = "云州"
DISTRICTS = {
    "东山区": ("district", box(120.3, 31.0, 120.6, 31.6)),
    "清河区": ("district", box(120.0, 31.2, 120.3, 31.6)),
    "石塘市": ("county_city", box(120.0, 31.0, 120.3, 31.2)),
}
NEXT_CITY = box(120.575, 31.0, 120.8, 31.6)  # its things lie from 500 m beyond the boundary
_CORES = (
    "云川白石青溪梅岭枫林锦绣望江朝阳人民解放长安金桥南浦北塘东湖",
    "西渚双塔三里五峰九曲红旗新华文昌学林太平永丰龙潭凤鸣鹤山石门",
)
CORES = tuple(row[n : n + 2] for row in _CORES for n in range(0, len(row), 2))
_NEAR_M = 600.0
_DEGREE_M = 100_000.0


@dataclass(frozen=True)
class Spec:
    """A kind of thing: its tags and shape, how maps name it and how plans name it."""

    theme: Theme | None
    tags: str
    shape: str
    maps: str
    plans: str = ""


SPECS = (
    Spec(Theme.ROAD, "highway=secondary", "line", "{}路", "{}路改造 {}路快速化改造 {}路 新建{}路"),
    Spec(Theme.ROAD, "highway=primary", "line", "{}大道", "{}大道 {}大道拓宽工程 {}大道(一期)"),
    Spec(Theme.ROAD, "highway=tertiary", "line", "{}东路", "{}东路改造 {}东路综合整治工程"),
    Spec(Theme.ROAD, "highway=trunk", "line", "{}高架路 {}快速路", "{}快速路 {}高架"),
    Spec(Theme.EXPRESSWAY, "highway=motorway_junction", "point", "{}互通 {}立交", "{}互通改造"),
    Spec(Theme.BRIDGE_CROSSING, "man_made=bridge", "area", "{}大桥", "{}大桥 {}特大桥工程"),
    Spec(Theme.BRIDGE_CROSSING, "highway=primary tunnel=yes", "line", "{}隧道", "{}隧道工程"),
    Spec(Theme.METRO, "railway=station station=subway", "point", "{} {}站", "{}站 地铁{}站"),
    Spec(Theme.RAILWAY, "railway=station", "point", "{} {}站", "{}站 {}站站房工程 {}高铁站"),
    Spec(
        Theme.SEWAGE,
        "man_made=wastewater_plant",
        "area",
        "{}污水处理厂 {}污水厂 云州市{}污水处理厂 {}水质净化厂 云州水务有限公司{}污水处理厂",
        "{}污水处理厂三期扩建工程 {}污水处理厂提标改造 {}污水厂 {}污水处理厂",
    ),
    Spec(Theme.WATER, "man_made=water_works", "area", "{}水厂 {}自来水厂", "{}水厂 {}水厂深度处理"),
    Spec(Theme.POWER, "power=plant", "area", "{}电厂 {}热电厂", "{}热电厂 {}电厂扩建"),
    Spec(Theme.POWER, "power=substation", "area", "{}变电站 {}变", "500千伏{}输变电工程 {}变电站"),
    Spec(
        Theme.WASTE,
        "power=plant plant:source=waste",
        "area",
        "{}垃圾焚烧发电厂 {}生活垃圾焚烧发电厂",
        "{}垃圾焚烧发电厂二期 {}生活垃圾焚烧发电项目",
    ),
    Spec(Theme.PARK, "leisure=park", "area", "{}公园", "{}公园 {}公园二期 {}公园提升改造"),
    Spec(Theme.WETLAND, "natural=wetland", "area", "{}湿地公园 {}国家湿地公园", "{}湿地公园"),
    Spec(Theme.GREENING, "natural=peak", "point", "{}山", "{}山生态修复 {}山山体保护"),
    Spec(Theme.WATER, "natural=water", "area", "{}湖", "{}湖生态修复 {}湖水环境综合整治"),
    Spec(Theme.WATER, "waterway=river", "line", "{}河", "{}河综合整治 {}河道整治工程 {}河清淤"),
    Spec(Theme.WATER, "natural=water water=reservoir", "area", "{}水库", "{}水库除险加固 {}水库"),
    Spec(Theme.EDUCATION, "amenity=school", "area", "{}中学 云州市{}中学", "{}中学 {}中学改扩建"),
    Spec(Theme.EDUCATION, "amenity=school", "point", "{}小学 云州市{}小学", "{}小学 {}小学扩建"),
    Spec(Theme.EDUCATION, "amenity=kindergarten", "point", "{}幼儿园", "{}幼儿园 新建{}幼儿园"),
    Spec(
        Theme.EDUCATION,
        "amenity=university",
        "area",
        "云州大学({}校区)",
        "云州大学{}校区 云州大学{}校区二期工程",
    ),
    Spec(Theme.HEALTH, "amenity=hospital", "area", "{}医院 云州市{}医院", "{}医院 {}医院扩建工程"),
    Spec(None, "", "area", "", "{}医院新院区"),
    Spec(Theme.CULTURE_HERITAGE, "tourism=museum", "area", "{}博物馆", "{}博物馆 {}博物馆布展"),
    Spec(Theme.CULTURE_HERITAGE, "amenity=theatre", "area", "{}大剧院 {}剧院", "{}大剧院"),
    Spec(Theme.SPORT, "leisure=sports_centre", "area", "{}体育中心", "{}体育中心 {}体育中心改造"),
    Spec(Theme.INDUSTRY, "landuse=industrial", "area", "{}产业园 {}产业园区", "{}产业园二期"),
    Spec(Theme.NEW_TOWN, "place=suburb", "point", "{}新城", ""),
    Spec(Theme.VILLAGE, "place=village", "point", "{}村", ""),
    Spec(Theme.VILLAGE, "place=town", "point", "{}镇", ""),
    Spec(Theme.HOUSING_RENEWAL, "landuse=residential", "area", "{}花园", ""),
)


@dataclass(frozen=True)
class Thing:
    """A thing of the map: its name and where it lies ("" where in the next city)."""

    name: str
    shape: BaseGeometry
    district: str


@dataclass(frozen=True)
class Question:
    """A work of the plan and the thing that it means; None where none, or no one of several."""

    work: Work
    answer: Thing | None


def questions(osm: OsmFile, seed: int = 1) -> tuple[Question, ...]:
    """Draw the map into `osm` and give the plan's works with what they mean."""
    chance = random.Random(seed)  # noqa: S311 (names, no secret)
    asked = [one for core in CORES for spec in SPECS for one in _ask(osm, chance, core, spec)]
    return tuple(asked)


def _ask(osm: OsmFile, chance: random.Random, core: str, spec: Spec) -> Iterator[Question]:
    things = list(_things(osm, chance, core, spec)) if spec.maps else []
    own = [thing for thing in things if thing.district]
    if not spec.plans or chance.random() < 0.4:
        return
    name = chance.choice(spec.plans.split()).format(core)
    theme = spec.theme or Theme.HEALTH
    if len(own) > 1 and chance.random() < 0.5:
        where = own[0].district
        yield Question(work(f"{where}{name}", theme, district=where), own[0])
    else:
        yield Question(work(name, theme), own[0] if len(own) == 1 else None)


def _things(osm: OsmFile, chance: random.Random, core: str, spec: Spec) -> Iterator[Thing]:
    districts = chance.sample(list(DISTRICTS), 2)
    wanted = [districts[0]] if chance.random() < 0.6 else []
    wanted += [districts[1]] if wanted and chance.random() < 0.12 else []
    wanted += [""] if chance.random() < 0.3 else []
    name = chance.choice(spec.maps.split()).format(core)
    for district in wanted:
        area = DISTRICTS[district][1] if district else NEXT_CITY
        yield Thing(name, _drawn(osm, chance, spec, name, area), district)


def _drawn(
    osm: OsmFile, chance: random.Random, spec: Spec, name: str, area: BaseGeometry
) -> BaseGeometry:
    tags = dict(tag.split("=") for tag in spec.tags.split()) | {"name": name}
    west, south, east, north = area.bounds
    x, y = chance.uniform(west + 0.03, east - 0.08), chance.uniform(south + 0.03, north - 0.06)
    if spec.shape == "point":
        osm.node(x, y, tags)
        return Point(x, y)
    if spec.shape == "area":
        osm.square(x, y, 0.004, tags)
        return box(x, y, x + 0.004, y + 0.004)
    return _line(osm, chance, tags, (x, y))


def _line(
    osm: OsmFile, chance: random.Random, tags: dict[str, str], start: tuple[float, float]
) -> BaseGeometry:
    """Draw a line as maps do: in pieces that share their ends, some with another number."""
    x, y = start
    points = [(x + 0.012 * n, y + chance.uniform(-0.003, 0.003)) for n in range(5)]
    nodes = [osm.node(*point) for point in points]
    for first, last in ((0, 2), (2, 3), (3, 4)):
        extra = {"ref": "X999"} if "highway" in tags and chance.random() < 0.1 else {}
        osm.way_of(nodes[first : last + 1], tags | extra)
    return LineString(points)


def gazetteer(folder: Path, osm: OsmFile) -> Gazetteer:
    """Import the map into a library of its own and give the city's gazetteer."""
    path = folder / "gazetteer.sqlite"
    import_file(osm.write(folder / "yunzhou.osm.pbf"), library=path)
    whole = shapely.union_all([shape for _, shape in DISTRICTS.values()])
    boundaries = [held(place(f"{CITY}市", "city", whole), "", CITY)]
    for name, (kind, shape) in DISTRICTS.items():
        boundaries.append(held(place(name, kind, shape), name, name[:-1]))
    return Gazetteer(CITY, tuple(boundaries), load_kinds(), load_words(), open_library(path))


def judged(question: Question, placed: PlacedWork) -> str:
    """Say `found`, `round` (an area that holds it), `honest` (nowhere, a wide area) or `wrong`."""
    shape, answer = placed.geometry, question.answer
    if shape is None or placed.precision is Precision.CITY:
        return "honest"
    if placed.precision is Precision.AREA:
        if answer is not None and shape.covers(answer.shape.representative_point()):
            return "round"
        return "honest" if answer is None or _is_wide(shape) else "wrong"
    if answer is None:
        return "wrong"
    near = shape.distance(answer.shape) * _DEGREE_M <= _NEAR_M
    return "found" if near and placed.place and answer.name in _names(placed) else "wrong"


def _names(placed: PlacedWork) -> tuple[str, ...]:
    return (placed.place.name, *placed.place.aliases) if placed.place else ()


def _is_wide(shape: BaseGeometry) -> bool:
    return any(shape.covers(district.buffer(-0.01)) for _, district in DISTRICTS.values())


def measured(
    known: Gazetteer, asked: Sequence[Question]
) -> tuple[Counter[str], list[tuple[str, Question, PlacedWork]]]:
    """Place all works and give how many were found, round, honest or wrong, and each one."""
    works = [replace(one.work, work_id=f"甲-{n}", clause=n) for n, one in enumerate(asked)]
    results = place_works(works, GazetteerGeocoder(known))
    rows = [
        (judged(question, placed), question, placed)
        for question, placed in zip(asked, results, strict=True)
    ]
    return Counter(
        f"{verdict} {'known' if question.answer else 'unknown'}" for verdict, question, _ in rows
    ), rows
