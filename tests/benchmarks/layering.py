"""Measure the layers: writing under the schema, reading a box of many works, a whole build.

Usage: python tests/benchmarks/layering.py [--works N] [--large N] [--plans N] [--folder FOLDER]

1. N works (default 100,000) in three layers are written as this program writes them (values checked
   against the schema, turned to Arrow, written) and, by turns, by pyogrio alone from the same
   frames: medians and their ratio.
2. From a file of many works (default 1,000,000) in all layers, boxes that hold about 100 works are
   read, all columns and very shapes, from a file that stays open and from one opened each time.
   A file in FOLDER is kept and used again.
3. Plans (default 1,000, of 50 works each) are read, placed and written: the time of each step.
All names are invented. Only the ratios within one run mean the same on another machine.
"""

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import geopandas as gpd
import pyarrow as pa
import pyogrio
import pyproj
import shapely

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from generated_works import CITY, SIDE, SOUTH, WEST, geocoder, names, plan_text, row, shapes

from geo.document import read_document
from geo.geocode import place_works
from geo.reading import read_works
from layers.arrow import arrow_batches, arrow_schema, arrow_table
from layers.build import Plan, build_layers
from layers.frames import frame_of
from layers.geopackage import write_geopackage
from layers.geopackage.drivers import write_layer, write_table
from layers.geopackage.finish import finish
from layers.geopackage.source import GeoPackageSource, geopackage_source
from layers.records import build_tables
from layers.schema import COLUMNS, LAYERS, SCHEMA_VERSION
from layers.selection import Selection
from layers.tables import BUILD, TABLES

ROUNDS = 5
BOXES = 200
WANTED = 100
IN_A_PLAN = 50
WRITTEN = ("road_points", "road_lines", "road_areas")
CRS = "EPSG:4326"
CRS_WKT = pyproj.CRS(CRS).to_wkt()


def main() -> None:
    """Print the three measurements."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--works", metavar="N", type=int, default=100_000)
    parser.add_argument("--large", metavar="N", type=int, default=1_000_000)
    parser.add_argument("--plans", metavar="N", type=int, default=1_000)
    parser.add_argument("--folder", type=Path, help="keep the large file here")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        scratch = Path(made)
        _measure_writing(scratch, chosen.works)
        _measure_reading(_large_file(chosen.folder or scratch, chosen.large), chosen.large)
        _measure_build(scratch, chosen.plans)


def _measure_writing(folder: Path, works: int) -> None:
    share = works // len(WRITTEN)
    rows = {
        name: [row(at * share + n, "road") for n in range(share)] for at, name in enumerate(WRITTEN)
    }
    places = {name: shapes(LAYERS[name].family.suffix, share, 0) for name in WRITTEN}

    def framed(name: str) -> gpd.GeoDataFrame:
        return gpd.GeoDataFrame(frame_of(rows[name], COLUMNS), geometry=places[name], crs=CRS)

    frames = {name: framed(name) for name in WRITTEN}

    def ours(path: Path) -> None:
        for name in WRITTEN:
            write_layer(path, LAYERS[name], arrow_table(framed(name), COLUMNS), CRS_WKT)

    def bare(path: Path) -> None:
        for name, frame in frames.items():
            pyogrio.write_dataframe(frame, path, layer=name, driver="GPKG")

    def bare_arrow(path: Path) -> None:
        for name, frame in frames.items():
            pyogrio.write_dataframe(frame, path, layer=name, driver="GPKG", use_arrow=True)

    mine, theirs, arrow = _by_turns(folder, (ours, bare, bare_arrow))
    print(f"writing {share * len(WRITTEN)} works in {len(WRITTEN)} layers, medians of {ROUNDS}")
    print(
        f"  {mine:.2f} s under the schema, {theirs:.2f} s by pyogrio alone: {mine / theirs:.2f} x"
    )
    print(f"  {arrow:.2f} s by pyogrio with Arrow: {mine / arrow:.2f} x")


def _by_turns(folder: Path, writers: Iterable[Callable[[Path], None]]) -> list[float]:
    """Give the median seconds of each writer, which come by turns so that all share a busy time."""
    chosen = list(writers)
    seconds: list[list[float]] = [[] for _ in chosen]
    for _ in range(ROUNDS):
        for write, own in zip(chosen, seconds, strict=True):
            path = folder / "written.gpkg"
            path.unlink(missing_ok=True)
            started = time.perf_counter()
            write(path)
            own.append(time.perf_counter() - started)
    return [statistics.median(own) for own in seconds]


def _large_file(folder: Path, works: int) -> Path:
    """Give a file of so many works in all layers, which is made once for a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    path, part = folder / f"works-{works}.gpkg", folder / "part.gpkg"
    if path.exists():
        return path
    part.unlink(missing_ok=True)
    schema, share = arrow_schema(COLUMNS, geometry=True), works // len(LAYERS)
    for at, layer in enumerate(LAYERS.values()):
        places = shapely.to_wkb(shapes(layer.family.suffix, share, at))
        own = ((*row(at * share + n, layer.theme), places[n]) for n in range(share))
        batches = arrow_batches(own, schema)
        write_layer(part, layer, pa.RecordBatchReader.from_batches(schema, batches), CRS_WKT)
    for table in TABLES:
        values = [("schema_version", SCHEMA_VERSION)] if table is BUILD else []
        write_table(part, table, arrow_table(frame_of(values, table.columns), table.columns))
    finish(part, list(LAYERS))
    return part.rename(path)


def _measure_reading(path: Path, works: int) -> None:
    print(f"reading boxes of about {WANTED} works from {works} in {len(LAYERS)} layers")
    boxes = _boxes(works)
    with geopackage_source(path, known=True) as source:
        for one in boxes:  # a file that is served is in memory
            _in_box(source, one)
        _tell(
            "the file stays open", [_timed(lambda one=one: _in_box(source, one)) for one in boxes]
        )
    again = [_timed(lambda one=one: _opened(path, one)) for one in boxes[: BOXES // 4]]
    _tell("the file is opened each time", again)


def _boxes(works: int) -> list[Selection]:
    """Give boxes anywhere; a line or area beyond a box may still meet it."""
    side, chance = 0.8 * SIDE * (WANTED / works) ** 0.5, random.Random(0)  # noqa: S311  places
    corners = [
        (WEST + SIDE * chance.random(), SOUTH + SIDE * chance.random()) for _ in range(BOXES)
    ]
    return [Selection(bbox=(x, y, x + side, y + side)) for x, y in corners]


def _opened(path: Path, selection: Selection) -> int:
    with geopackage_source(path, known=True) as source:
        return _in_box(source, selection)


def _in_box(source: GeoPackageSource, selection: Selection) -> int:
    return sum(batch.num_rows for _, batch in source.everywhere(selection))


def _timed(read: Callable[[], int]) -> tuple[float, float, int]:
    """Give milliseconds that pass, those of the processor, and what was found."""
    started, used = time.perf_counter(), time.process_time()
    found = read()
    return 1000 * (time.perf_counter() - started), 1000 * (time.process_time() - used), found


def _tell(what: str, measured: list[tuple[float, float, int]]) -> None:
    passed, used, works = (statistics.median(one) for one in zip(*measured, strict=True))
    print(f"  {what}: median {passed:.1f} ms, {used:.1f} ms of the processor, {works:.0f} works")


def _measure_build(folder: Path, plans: int) -> None:
    """Print the time of each step of a build; the last one makes layers and tables once more."""
    known, paths = names(plans * IN_A_PLAN), []
    for number in range(plans):
        paths.append(folder / f"plan-{number:05}.txt")
        promised = known[number * IN_A_PLAN : (number + 1) * IN_A_PLAN]
        paths[-1].write_text(plan_text(number, promised), encoding="utf-8")
    places, seconds = geocoder(known[::2]), dict[str, float]()
    clock = time.perf_counter()

    def lap(step: str) -> None:
        nonlocal clock
        seconds[step], clock = time.perf_counter() - clock, time.perf_counter()

    readings = [read_works(read_document(path, city=CITY, year=None)) for path in paths]
    lap("reading")
    read = [Plan(one, place_works(one.works, places)) for one in readings]
    lap("placing")
    layers = build_layers(read)
    lap("layers")
    build_tables(read, layers, crs=CRS)
    lap("tables")
    write_geopackage(folder / "built.gpkg", read)
    lap("writing, with layers and tables")
    works = sum(len(one.works) for one in readings)
    print(f"building {plans} plans, {works} works")
    for step, spent in seconds.items():
        print(f"  {step}: {spent:.1f} s")
    written = seconds["writing, with layers and tables"]
    print(f"  writing takes {written / seconds['reading']:.2f} x the time of reading")


if __name__ == "__main__":
    main()
