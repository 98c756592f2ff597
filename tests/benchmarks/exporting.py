"""Measure exports: seconds, MB a second and the peak of memory, for each format.

Usage: python tests/benchmarks/exporting.py [--works N] [--formats CODE ...]
       [--file WORKS.gpkg] [--where ADDRESS]

A works file of `--works` works (a million by default) is written first, unless `--file` names one:
works of realistic width, as points, lines and areas, in nine layers. Each format is then exported
whole (or what passes the filters of `--where`) in a process of its own, so that its peak of memory
is its own. The page (`html`) refuses so
many works. `read` is the first look, which counts the works and their licences.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from many_works import write_many

from geo.errors import PlannedWorksError
from layers.export import Wanted, prepared, write_export
from layers.geopackage.source import geopackage_source
from layers.selection import selection_from

LIMIT_MB = 500
MB = 1_000_000


def main() -> None:
    """Print a line for each format, and whether all stay within the limit."""
    chosen = _arguments()
    if chosen.one:
        _export(chosen.one, chosen.file, Path(chosen.target), chosen.where)
        return
    with TemporaryDirectory() as folder:
        works = chosen.file or Path(folder, "works.gpkg")
        if not chosen.file:
            _generate(works, chosen.works)
        print("format     read s  write s     MB  MB/s  peak MB")
        peaks = [_measure(code, works, Path(folder), chosen.where) for code in chosen.formats]
    print(f"highest peak {max(peaks):.0f} MB (limit {LIMIT_MB} MB)")
    sys.exit(max(peaks) > LIMIT_MB)


def _arguments() -> argparse.Namespace:
    from webmap.exporting import FORMATS  # noqa: PLC0415  the measured process needs less

    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--works", type=int, default=1_000_000)
    parser.add_argument("--formats", nargs="+", choices=list(FORMATS), default=list(FORMATS))
    parser.add_argument("--file", type=Path)
    parser.add_argument("--where", default="")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    parser.add_argument("--target", help=argparse.SUPPRESS)
    return parser.parse_args()


def _generate(works: Path, count: int) -> None:
    start = time.perf_counter()
    write_many(works, count)
    seconds = time.perf_counter() - start
    print(f"{count:,} works: {works.stat().st_size / MB:,.0f} MB, written in {seconds:.0f} s")


def _measure(code: str, works: Path, folder: Path, where: str) -> float:
    """Export in a process of its own, print what it tells, and give its peak in MB."""
    target = folder / f"out.{code}"
    command = [sys.executable, __file__, "--one", code, "--file", works, "--target", target]
    command += ["--where", where]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    told = json.loads(done.stdout)
    if "refused" in told:
        print(f"{code:<10} refused: {told['refused']}")
    else:
        speed = told["mb"] / told["write"]
        print(
            f"{code:<10} {told['read']:6.1f} {told['write']:8.1f} {told['mb']:6.0f} {speed:5.1f} "
            f"{told['peak']:8.0f}"
        )
    target.unlink(missing_ok=True)
    return float(told["peak"])


def _export(code: str, works: Path, target: Path, where: str) -> None:
    from webmap.exporting import FORMATS  # noqa: PLC0415  as above

    told: dict[str, float | str] = {}
    try:
        with geopackage_source(works, known=True) as source:
            start = time.perf_counter()
            wanted = Wanted(selection_from(where), file=works.name)
            export = prepared(source, wanted, FORMATS[code])
            middle = time.perf_counter()
            write_export(export, FORMATS[code], target)
            told |= {"read": middle - start, "write": time.perf_counter() - middle}
        told["mb"] = target.stat().st_size / MB
    except PlannedWorksError as error:
        told["refused"] = str(error)
    told["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / MB
    print(json.dumps(told))


if __name__ == "__main__":
    main()
