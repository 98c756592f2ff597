"""Measure the import of an OpenStreetMap extract: MB a second, peak of memory, and the look-ups.

Usage: python tests/benchmarks/importing.py [EXTRACT.osm.pbf] [--size MB] [--names N]

Without EXTRACT a province is invented, always the same one of about `--size` MB: most ways are
buildings without a name; named roads and motorways are cut in three; parks, waters, schools,
estates and villages have names, and some areas are multipolygons. The import runs in a process of
its own, so that its peak of memory is its own. Then a library of `--names` names is written, opened
and asked. Seconds are of the clock, and beside it of the processor, which a busy machine changes
less.
"""

import argparse
import json
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

import osmium
from shapely.geometry import Point, box

from geo.gazetteer import Gazetteer
from geo.gazetteer.importing import import_file
from geo.gazetteer.library import SourceNote, open_library, rewriting
from geo.gazetteer.vocabulary import load_kinds, load_words
from geo.model import Place, Precision

MB = 1_000_000
# Bytes that a thing of the invented province takes in the file, on average.
THING = 26
WEST, SOUTH, SIDE = 116.0, 30.0, 4.0
SYLLABLES = "云溪青川白石南塘东岭北洲西浦金沙玉泉长宁安平和顺永丰新桥古渡望湖听松"
ROADS = ("primary", "secondary", "tertiary", "residential")
AREAS = (
    ({"leisure": "park"}, "公园"),
    ({"natural": "water"}, "湖"),
    ({"amenity": "school"}, "小学"),
    ({"landuse": "residential"}, "花园"),
    ({"landuse": "industrial"}, "产业园"),
    ({"man_made": "wastewater_plant"}, "污水处理厂"),
)
POINTS = (
    ({"place": "village"}, "村"),
    ({"amenity": "hospital"}, "医院"),
    ({"shop": "supermarket"}, "超市"),
    ({"amenity": "restaurant"}, "饭店"),
)


@dataclass(frozen=True, slots=True)
class Thing:
    """A way with nodes of its own, or a node alone (`line` of one point)."""

    line: list[tuple[float, float]]
    tags: dict[str, str]
    is_closed: bool = False


def main() -> None:
    """Print the figures of one import, and of a library of many names."""
    chosen = _arguments()
    with TemporaryDirectory() as folder:
        if chosen.imported:
            _import(chosen.imported, Path(folder, "library.sqlite"))
            return
        extract = chosen.extract or _province(Path(folder, "province.osm.pbf"), chosen.size * MB)
        _measure_import(extract)
        _measure_library(Path(folder, "names.sqlite"), chosen.names)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("extract", metavar="EXTRACT.osm.pbf", nargs="?", type=Path)
    parser.add_argument("--size", metavar="MB", type=int, default=30)
    parser.add_argument("--names", metavar="N", type=int, default=200_000)
    parser.add_argument("--imported", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def _province(path: Path, size: int) -> Path:
    """Write an invented province: as lines of text, which the library turns into a .pbf."""
    started, count = time.monotonic(), size // THING
    lines = path.with_suffix(".opl")
    with lines.open("w", encoding="utf-8") as text:
        nodes, ways = _write_nodes(text, count), _write_ways(text, count)
        for relation in range(1, ways // 200):
            tags = _tags({"type": "multipolygon", "landuse": "forest", "name": f"第{relation}林场"})
            text.write(f"r{relation} v1 {tags} Mw{relation * 190}@outer\n")
    with osmium.SimpleWriter(path, overwrite=True) as writer, osmium.io.Reader(lines) as reader:
        osmium.apply(reader, writer)
    lines.unlink()
    seconds = time.monotonic() - started
    print(f"invented province: {path.stat().st_size / MB:.1f} MB, {nodes} nodes, {ways} ways")
    print(f"  written in {seconds:.0f} s")
    return path


def _write_nodes(text: IO[str], count: int) -> int:
    """Write all nodes; the things are made twice, for nodes come before ways."""
    number = 0
    for thing in _things(count):
        tags = _tags(thing.tags) if len(thing.line) == 1 else "T"
        for x, y in thing.line:
            number += 1
            text.write(f"n{number} v1 {tags} x{x:.7f} y{y:.7f}\n")
    return number


def _write_ways(text: IO[str], count: int) -> int:
    number = ways = 0
    for thing in _things(count):
        nodes = [f"n{number + step}" for step in range(1, len(thing.line) + 1)]
        number += len(nodes)
        if len(nodes) > 1:
            ways += 1
            ring = [*nodes, nodes[0]] if thing.is_closed else nodes
            text.write(f"w{ways} v1 {_tags(thing.tags)} N{','.join(ring)}\n")
    return ways


def _tags(tags: dict[str, str]) -> str:
    return "T" + ",".join(f"{key}={value.replace(' ', '%20%')}" for key, value in tags.items())


def _things(count: int) -> Iterator[Thing]:
    chance = random.Random(0)  # noqa: S311 (an invented province, no secret)
    for number in range(count):
        kind = number % 100
        x, y = WEST + SIDE * chance.random(), SOUTH + SIDE * chance.random()
        if kind < 94:
            yield Thing(_square(x, y, 0.0002, chance), {"building": "yes"}, is_closed=True)
        elif kind < 97:
            yield from _road(x, y, chance)
        elif kind < 98:
            tags, ending = chance.choice(AREAS)
            name = _name(chance) + ending
            yield Thing(_square(x, y, 0.003, chance), tags | {"name": name}, is_closed=True)
        else:
            tags, ending = chance.choice(POINTS)
            yield Thing([(x, y)], tags | {"name": _name(chance) + ending, "name:en": "A Place"})


def _square(x: float, y: float, size: float, chance: random.Random) -> list[tuple[float, float]]:
    corners = ((0, 0), (1, 0), (1, 1), (0, 1))
    return [
        (x + size * (a + chance.random() / 5), y + size * (b + chance.random() / 5))
        for a, b in corners
    ]


def _road(x: float, y: float, chance: random.Random) -> Iterator[Thing]:
    """Yield a road in three pieces; one in twenty is a motorway with a number."""
    tags = {"highway": chance.choice(ROADS)}
    if chance.random() < 0.7:
        tags["name"] = _name(chance) + "路"
    if chance.random() < 0.05:
        number = chance.randint(1, 99)
        tags = {"highway": "motorway", "name": f"第{number}高速公路", "ref": f"G{number}"}
    for _ in range(3):
        line = [(x + step * 0.0008, y + chance.random() * 0.0002) for step in range(8)]
        yield Thing(line, tags)
        x += 8 * 0.0008


def _name(chance: random.Random) -> str:
    return "".join(chance.choice(SYLLABLES) for _ in range(chance.randint(2, 3)))


def _measure_import(extract: Path) -> None:
    command = [sys.executable, __file__, "--imported", str(extract)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    figures = json.loads(done.stdout.splitlines()[-1])
    print(f"import: {figures['sentence']}")
    speed = extract.stat().st_size / MB / figures["processor"]
    print(f"  {figures['processor']:.1f} s of the processor, {speed:.2f} MB a second of it")
    print(f"  peak of memory {figures['peak']:.0f} MB, library {figures['library']:.1f} MB")


def _import(extract: Path, library: Path) -> None:
    """Import in this process, and print the figures as one line of JSON."""
    summary = import_file(extract, library=library)
    figures = {
        "sentence": summary.sentence(),
        "peak": _peak(),
        "processor": time.process_time(),
        "library": library.stat().st_size / MB,
    }
    print(json.dumps(figures))


def _peak() -> float:
    """Peak of the resident set of this process in MB."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / MB


def _measure_library(path: Path, names: int) -> None:
    chance = random.Random(1)  # noqa: S311 (invented names, no secret)
    with rewriting(path, SourceNote("names", "invented", "CC0-1.0", "")) as writer:
        for number in range(names):
            x, y = WEST + SIDE * chance.random(), SOUTH + SIDE * chance.random()
            writer.add(_place(f"{_name(chance)}{number % 977}路", number, Point(x, y)))
    started = time.monotonic()
    city = _place("甲市", -1, box(118, 31, 119, 32), "city")
    gazetteer = Gazetteer("甲", (city,), load_kinds(), load_words(), open_library(path))
    opened = time.monotonic()
    asked = [f"{_name(chance)}{number % 977}路" for number in range(10_000)]
    found = sum(bool(gazetteer.entries(name)) for name in asked)
    done = time.monotonic()
    print(f"library of {names} names ({path.stat().st_size / MB:.0f} MB)")
    print(f"  opened in {opened - started:.3f} s")
    print(f"  10,000 names asked in {done - opened:.2f} s, {found} found in the city")


def _place(name: str, number: int, shape: object, kind: str = "road") -> Place:
    return Place(
        place_id=f"n{number}",
        name=name,
        name_hans=name,
        aliases=(),
        kind=kind,
        geometry=shape,  # type: ignore[arg-type]
        precision=Precision.SURVEYED,
        uncertainty_m=50,
        within="",
        verified=True,
        source="",
        licence="",
        note="",
    )


if __name__ == "__main__":
    main()
