"""A project for QGIS that reads from a server: the works of the filters, in their styles, live."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from urllib.request import urlopen
from xml.etree import ElementTree as ET

import pytest
from browsing import serving
from click.testing import CliRunner, Result
from exporting import written
from in_qgis import PROGRAM, in_qgis

from layers.titles import STAGES
from webmap.cli import main


def sources(project: Path) -> dict[str, str]:
    """Give the address of each layer of a project, by its name."""
    with zipfile.ZipFile(project) as archive:
        (name,) = archive.namelist()
        root = ET.fromstring(archive.read(name))  # noqa: S314  our own document
    return {
        str(one.findtext("shortname")): str(one.findtext("datasource"))
        for one in root.iter("maplayer")
    }


def export(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["export", *map(str, arguments)])


def test_qgis_opens_the_works_of_the_filters_from_the_server(
    works: Path, tmp_path: Path, need_program: Callable[[str, str], str]
) -> None:
    need_program(*PROGRAM)
    project = tmp_path / "起步.qgz"
    with serving(works) as address:
        address_of_project = f"{address}/download/works.qgz?stage=start&stage=open_to_service"
        with urlopen(address_of_project) as answer:  # noqa: S310  our own server
            project.write_bytes(answer.read())
        seen = in_qgis("qgis_served.py", tmp_path, project)
    assert (seen["read"], seen["crs"]) == (True, "EPSG:4326")
    assert {name: one["works"] for name, one in seen["layers"].items()} == {
        "metro_lines": ["地鐵1號線一期"],
        "bridge_crossing_points": ["南湖大橋"],
    }
    assert all(one["valid"] for one in seen["layers"].values())
    assert {one["renderer"] for one in seen["layers"].values()} == {"categorizedSymbol"}
    assert {one["alias"] for one in seen["layers"].values()} == {"阶段"}


def test_a_project_asks_for_what_was_filtered_and_leaves_empty_layers_out(
    works: Path, tmp_path: Path
) -> None:
    found = sources(written(works, tmp_path, "qgz", "theme=metro&theme=park"))
    assert found == {
        "metro_lines": ("http://127.0.0.1:8000/download/metro_lines.geojson?theme=metro&theme=park")
    }


def test_a_project_of_all_works_has_plain_addresses(works: Path, tmp_path: Path) -> None:
    found = sources(written(works, tmp_path, "qgz"))
    assert found["sewage_areas"] == "http://127.0.0.1:8000/download/sewage_areas.geojson"
    assert len(found) == len(STAGES) - 1


def test_the_server_is_named_by_command(works: Path, tmp_path: Path) -> None:
    out = tmp_path / "works.qgz"
    result = export(works, "--server", "https://plans.example/wuxi/", "-o", out)
    assert result.exit_code == 0, result.output
    assert sources(out)["metro_lines"] == (
        "https://plans.example/wuxi/download/metro_lines.geojson"
    )


def test_a_project_without_a_server_is_one_sentence(works: Path, tmp_path: Path) -> None:
    result = export(works, "-o", tmp_path / "works.qgz")
    assert result.exit_code == 1
    assert "name its address by --server" in result.stderr


@pytest.mark.parametrize("server", ["plans.example", "file:///etc", "http://a b", "http://x|y'"])
def test_what_is_no_server_is_wrong_usage(works: Path, tmp_path: Path, server: str) -> None:
    result = export(works, "--server", server, "-o", tmp_path / "works.qgz")
    assert result.exit_code == 2
    assert "is no server" in result.stderr
