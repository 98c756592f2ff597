"""Measure how long the boundaries of each city and province take to load.

Usage: python tests/benchmarks/boundaries.py
"""

import statistics
import time

from geo.gazetteer import load_gazetteer
from geo.gazetteer.city_names import full_name
from geo.gazetteer.divisions import divisions


def seconds(name: str) -> float:
    """Load one gazetteer; seconds of the processor, whatever else runs."""
    start = time.process_time()
    load_gazetteer(name)
    return time.process_time() - start


def main() -> None:
    """Print the first load of a process, then all cities, provinces and districts."""
    print(f"first load, with the tables: {seconds('苏州'):.3f} s")
    for level in ("city", "province", "district"):
        names = [full_name(one) for one in divisions() if one.level == level]
        times = [seconds(name) for name in names]
        print(
            f"{level}: {len(times)} loaded, median {statistics.median(times) * 1000:.1f} ms, "
            f"slowest {max(times) * 1000:.0f} ms ({names[times.index(max(times))]})"
        )


if __name__ == "__main__":
    main()
