"""Downloads from a map of a database: made of its rows, and the same as those of the file."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from published import put

from layers.check import check_geopackage
from layers.geopackage import read_geopackage
from webmap import create_app


def client(where: object) -> FlaskClient:
    return create_app({"WORKS_FILE": where}).test_client(use_cookies=False)


@pytest.fixture
def served(database: str, example: Path) -> FlaskClient:
    put(example, database)
    return client(database)


def test_a_downloaded_geopackage_is_whole(
    served: FlaskClient, example: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "works.gpkg"
    with served.get("/download/works.gpkg") as answer:
        assert "works.gpkg" in answer.headers["Content-Disposition"]
        copy.write_bytes(answer.data)
    assert check_geopackage(copy) == ()
    one, other = read_geopackage(copy), read_geopackage(example)
    assert list(one.layers) == list(other.layers)
    assert one.works.equals(other.works)
    assert one.layers["metro_lines"].equals(other.layers["metro_lines"])


@pytest.mark.parametrize("name", ["works.csv?theme=metro", "metro_lines.geojson?crs=EPSG:4490"])
def test_a_download_with_filters_is_that_of_the_file(
    served: FlaskClient, example: Path, name: str
) -> None:
    with served.get(f"/download/{name}") as one, client(example).get(f"/download/{name}") as other:
        assert one.status_code == 200
        assert one.data == other.data
