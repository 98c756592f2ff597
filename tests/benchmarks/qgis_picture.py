"""Draw what a GeoPackage shows in QGIS when it is opened; renew the picture that tests keep.

Usage: python tests/benchmarks/qgis_picture.py PICTURE.png [WORKS.gpkg]
       python tests/benchmarks/qgis_picture.py --keep
"""

import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from browsing import built_in
from drawn_city import drawn_city
from in_qgis import in_qgis

from layers.geopackage import write_geopackage

KEPT = Path(__file__).resolve().parent.parent / "pictures" / "drawn_city.png"


def draw(works: Path, picture: Path) -> None:
    """Draw the project in a file at 1440x900."""
    with tempfile.TemporaryDirectory() as home:
        found = in_qgis("qgis_project.py", Path(home), picture, KEPT, works)
    print(f"{picture}: {len(found['picture']['labels'])} names")


def keep() -> None:
    """Draw the invented city that has one work of every drawing, for the tests: without names."""
    with tempfile.TemporaryDirectory() as folder:
        works, picture = Path(folder) / "甲市 2020.gpkg", Path(folder) / "city.png"
        write_geopackage(works, [drawn_city()])
        draw(works, picture)
        shutil.move(picture.with_stem("city_bare"), KEPT)


if __name__ == "__main__":
    if sys.argv[1:] == ["--keep"]:
        keep()
    else:
        draw(Path(sys.argv[2]) if sys.argv[2:] else built_in(), Path(sys.argv[1]))
