"""Measure the placing: which works of a look-alike city are found, and how fast among many names.

Usage: python tests/benchmarks/placing.py [--names N] [--works N] [--library FILE] [--checked CSV]

First the generated city of `tests/lookalike_city.py`: of works whose thing the map holds, how many
are found; of all works, how many are placed on a wrong one. Then a library of N names over that
city (made once where FILE is given) and the time and memory that N works take. At last the
distance of the built-in plan's point-like works to places that were checked by hand, where CSV
(columns name_hans, kind, verified, wkt) is given.
"""

import argparse
import csv
import json
import random
import resource
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import shapely
from shapely.geometry import LineString, Point, box

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import lookalike_city as city
from invented_city import place, work
from osm_files import OsmFile

from geo.gazetteer import Gazetteer, load_gazetteer
from geo.gazetteer.areas import reach_m
from geo.gazetteer.library import SourceNote, open_library, rewriting
from geo.gazetteer.vocabulary import load_kinds, load_words
from geo.geocode import GazetteerGeocoder, place_works
from geo.model import Locatable, Place, Precision, Theme, Work

GOLD = Path(__file__).resolve().parent.parent / "gold" / "wuxi2020.jsonl"
LETTERS = "".join(city.CORES)
ENDS = {
    "路": ("road", Theme.ROAD),
    "大道": ("road", Theme.ROAD),
    "公园": ("park", Theme.PARK),
    "小学": ("school", Theme.EDUCATION),
    "中学": ("school", Theme.EDUCATION),
    "医院": ("hospital", Theme.HEALTH),
    "污水处理厂": ("sewage_plant", Theme.SEWAGE),
    "变电站": ("substation", Theme.POWER),
    "河": ("river", Theme.WATER),
    "村": ("village", Theme.VILLAGE),
}
SEEDS = range(1, 6)


def main() -> None:
    """Print the look-alike city, then speed and memory, then the checked places."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--names", type=int, default=1_000_000)
    parser.add_argument("--works", type=int, default=10_000)
    parser.add_argument("--library", type=Path, help="keep the library of names here")
    parser.add_argument("--checked", type=Path, help="places of the built-in plan, checked by hand")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        _measure_city(Path(folder))
        _measure_speed(chosen.library or Path(folder, "many.sqlite"), chosen.names, chosen.works)
    if chosen.checked:
        _measure_checked(chosen.checked)


def _measure_city(folder: Path) -> None:
    total: Counter[str] = Counter()
    for seed in SEEDS:
        osm = OsmFile()
        asked = city.questions(osm, seed)
        own = folder / str(seed)
        own.mkdir()
        counts, _ = city.measured(city.gazetteer(own, osm), asked)
        total += counts
    known = sum(count for name, count in total.items() if name.endswith(" known"))
    wrong = total["wrong known"] + total["wrong unknown"]
    print(f"look-alike city: {total.total()} works, {known} of things that the map holds")
    print(f"  found {total['found known'] / known:.1%}, round {total['round known'] / known:.1%}")
    print(f"  wrong {wrong / total.total():.2%} ({wrong}), {dict(sorted(total.items()))}")


def _measure_speed(path: Path, names: int, count: int) -> None:
    if not path.exists():
        maker = get_context("spawn").Process(target=_make, args=(path, names))
        maker.start()
        maker.join()
    _many(path)  # brings a kept library up to date
    before = time.perf_counter()
    gazetteer = _many(path)
    gazetteer.search("云川路")
    started = time.perf_counter() - before
    works = list(_works(count))
    before = time.process_time()
    results = place_works(works, GazetteerGeocoder(gazetteer))
    seconds = time.process_time() - before
    placed = sum(one.precision not in {Precision.UNLOCATED, Precision.AREA} for one in results)
    print(f"speed: {count} works among {names} names")
    print(f"  index ready in {started:.2f} s, placing {seconds:.1f} s ({placed} placed), ", end="")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB")


def _make(path: Path, names: int) -> None:
    note = SourceNote("many", "generated names", "CC0-1.0", "")
    with rewriting(path, note) as writer:
        for one in _places(names):
            writer.add(one)


def _places(names: int) -> Iterator[Place]:
    chance = random.Random(0)  # noqa: S311 (names, no secret)
    for number in range(names):
        name, kind, _ = _name(chance)
        x, y = chance.uniform(120, 120.6), chance.uniform(31, 31.6)
        line = LineString([(x, y), (x + 0.01, y), (x + 0.02, y + 0.005)])
        shape = line if kind in {"road", "river"} else box(x, y, x + 0.002, y + 0.002)
        one = place(name, kind, shape, Precision.SURVEYED, 30)
        yield replace(one, place_id=f"many-{number}")


def _name(chance: random.Random) -> tuple[str, str, Theme]:
    core = "".join(chance.choices(LETTERS, k=chance.choice((2, 3, 3, 4))))
    end = chance.choice(tuple(ENDS))
    return core + end, *ENDS[end]


def _works(count: int) -> Iterator[Work]:
    """Give works half of which the library holds, with words about works round their names."""
    holds, lacks = random.Random(0), random.Random(7)  # noqa: S311 (names, no secret)
    known = [_name(holds) for _ in range(count)]
    for number, one in enumerate(known):
        name, _, theme = one if number % 2 else _name(lacks)
        words = ("改造", "三期扩建工程", "", "综合整治工程")[number % 4]
        one_of = work(f"{name}{words}", theme, name)
        yield replace(one_of, work_id=f"many-{number}", clause=number // 4)


def _many(path: Path) -> Gazetteer:
    whole = shapely.union_all([shape for _, shape in city.DISTRICTS.values()])
    boundaries = [place(f"{city.CITY}市", "city", whole)]
    boundaries += [place(name, kind, shape) for name, (kind, shape) in city.DISTRICTS.items()]
    return Gazetteer(city.CITY, tuple(boundaries), load_kinds(), load_words(), open_library(path))


def _measure_checked(path: Path) -> None:
    with path.open(encoding="utf-8") as file:
        checked = {
            row["name_hans"]: shapely.from_wkt(row["wkt"])
            for row in csv.DictReader(file)
            if row["verified"] == "yes" and row["wkt"].startswith("POINT")
        }
    distances = []
    for line in GOLD.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row.get("borderline") or row["locatable"] == Locatable.CITYWIDE_QUANTITY:
            continue
        one = work(
            row["name"], Theme(row["theme"]), *row["place"], district=row.get("district") or ""
        )
        (found,) = place_works([one], GazetteerGeocoder(load_gazetteer("无锡")))
        point = checked.get(found.place.name_hans) if found.place else None
        if point is not None and isinstance(found.geometry, Point):
            distances.append(reach_m(LineString([point, found.geometry])) * 2)
    print(f"checked places: {len(distances)} point-like works, ", end="")
    print(f"median distance {statistics.median(distances):.0f} m, most {max(distances):.0f} m")


if __name__ == "__main__":
    main()
