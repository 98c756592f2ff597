"""Works and plans in any number, as wide as real ones: all names are invented."""

import random
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

import numpy as np
import shapely
from invented_city import held, place
from shapely.geometry import LineString, Point, box
from shapely.geometry.base import BaseGeometry

from geo.gazetteer import Gazetteer
from geo.gazetteer.vocabulary import load_kinds, load_words
from geo.geocode import GazetteerGeocoder
from geo.model import Place, Precision
from layers.passing import Shapes
from layers.schema import COLUMNS

Row = tuple[object, ...]

WEST, SOUTH, SIDE = 119.0, 30.5, 2.0
"""The square of degrees that holds all generated works."""

_IN_DOCUMENT: Final = 1_000
_STAGES: Final = ("plan", "start", "under_construction", "complete", "ongoing")
_PRECISIONS: Final = ("surveyed", "street", "approximate", "area")
_CORNERS: Final = {"lines": 8, "areas": 16}


def row(number: int, theme: str) -> Row:
    """Give the values of a work in the order of the schema's columns."""
    name = f"第{number}号滨湖新城综合整治提升"
    sentence = f"加快推进{name}工程建设,确保年内完成投资{number % 97}亿元,进一步完善城市功能。"
    start = number % _IN_DOCUMENT * 70
    has_quantity = number % 3 > 0
    values: dict[str, object] = {
        "work_id": f"plan-{number // _IN_DOCUMENT:04}-{number:07}",
        "name": name,
        "name_hans": name,
        "theme": theme,
        "stage": _STAGES[number % len(_STAGES)],
        "stage_words": "加快推进",
        "locatable": "exact_named",
        "quantity": float(number % 97) if has_quantity else None,
        "unit": "亿元" if has_quantity else None,
        "quantity_text": f"{number % 97}亿元" if has_quantity else None,
        "district": f"第{number % 9}区",
        "city": "云州",
        "year": 2020 if number % 50 else None,
        "precision": _PRECISIONS[number % len(_PRECISIONS)],
        "uncertainty_m": 30.0 + number % 1000,
        "place_id": f"osm-way-{number * 7919 % 10**9}",
        "located_by": f"name {name}",
        "source": "© OpenStreetMap contributors, 2024-01-01",
        "licence": "ODbL-1.0",
        "document_id": f"plan-{number // _IN_DOCUMENT:04}",
        "section": "二、加快城市建设",
        "passage": number % _IN_DOCUMENT,
        "start": start,
        "end": start + len(sentence),
        "sentence": sentence,
        "edited": False,
        "verified": number % 5 > 0,
    }
    return tuple(values.get(column.name) for column in COLUMNS)


def shapes(family: str, count: int, seed: int) -> Shapes:
    """Give points, lines of 8 corners or areas of 16 (Multi*), spread over the square."""
    chance = np.random.default_rng(seed)
    x, y = WEST + SIDE * chance.random(count), SOUTH + SIDE * chance.random(count)
    if family == "points":
        return _multi(shapely.points(x, y), shapely.multipoints)
    angle = np.linspace(0, 2 * np.pi, _CORNERS[family], endpoint=False)
    reach = (0.001 + 0.004 * chance.random(count))[:, None]
    ring = np.stack(
        (x[:, None] + reach * np.cos(angle), y[:, None] + reach * np.sin(angle)), axis=2
    )
    if family == "lines":
        return _multi(shapely.linestrings(ring), shapely.multilinestrings)
    return _multi(shapely.polygons(ring), shapely.multipolygons)


def _multi(single: Any, collect: Callable[..., Any]) -> Shapes:  # noqa: ANN401  shapely's arrays
    return np.asarray(collect(single, indices=np.arange(len(single))), dtype=object)


CITY: Final = "云州"
_CORES: Final = "云川白石青溪梅岭枫林锦绣望江朝阳长安金桥南浦北塘东湖西渚三里五峰九曲文昌学林"
_ENDS: Final = (
    ("路", "road"),
    ("公园", "park"),
    ("污水处理厂", "sewage_plant"),
    ("医院", "hospital"),
)
_CLAUSES: Final = (
    "加快推进{}改造工程,进一步完善城市功能",
    "年内建成{}二期",
    "开工建设{}扩建工程",
    "实施{}综合整治,总投资{}亿元",
    "完成{}提升改造并投入使用",
)
_OTHERS: Final = (
    "坚持以人民为中心的发展思想,统筹发展和安全",
    "进一步优化营商环境,提高政务服务水平,激发市场主体活力",
    "全市地区生产总值增长6%左右,居民收入与经济增长同步",
    "落实就业优先政策,完善多层次社会保障体系",
)


def names(count: int) -> list[tuple[str, str]]:
    """Give names of places with their kinds, no two the same."""
    chance, found = random.Random(0), dict[str, str]()  # noqa: S311  names, no secret
    while len(found) < count:
        end, kind = _ENDS[len(found) % len(_ENDS)]
        found["".join(chance.choices(_CORES, k=3)) + end] = kind
    return list(found.items())


def plan_text(number: int, promised: Sequence[tuple[str, str]]) -> str:
    """Give the text of a plan that promises works at places.

    A work has some 100 characters and six clauses, its own and what stands between works, as many
    as in the built-in plan.
    """
    lines = [f"{CITY}市{2000 + number % 25}年政府工作报告"]
    for at, (name, _) in enumerate(promised):
        clause = _CLAUSES[at % len(_CLAUSES)].format(name, at + 2)
        between = (_OTHERS[(at + n) % len(_OTHERS)] for n in range(2))
        lines.append("。".join([clause, *between, ""]))
    return "\n".join(lines) + "\n"


def geocoder(known: Sequence[tuple[str, str]]) -> GazetteerGeocoder:
    """Give a geocoder that knows places as lines, areas and points, and their city."""
    city = place(f"{CITY}市", "city", box(WEST, SOUTH, WEST + SIDE, SOUTH + SIDE))
    places = (held(city, "", CITY, "全市"), *_places(known))
    return GazetteerGeocoder(Gazetteer(CITY, places, load_kinds(), load_words()))


def _places(known: Sequence[tuple[str, str]]) -> Iterator[Place]:
    chance = random.Random(1)  # noqa: S311  places, no secret
    for name, kind in known:
        x, y = WEST + SIDE * chance.random(), SOUTH + SIDE * chance.random()
        yield place(name, kind, _shape(kind, x, y), Precision.SURVEYED, 30)


def _shape(kind: str, x: float, y: float) -> BaseGeometry:
    if kind == "road":
        return LineString([(x, y), (x + 0.01, y), (x + 0.02, y + 0.005)])
    return box(x, y, x + 0.002, y + 0.002) if kind == "park" else Point(x, y)
