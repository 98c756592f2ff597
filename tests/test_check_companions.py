"""A missing project, word, code or description of a file is named like a breach in its rows."""

import contextlib
import sqlite3
from pathlib import Path

import pytest
from factories import example

from layers.check import Violation, check_geopackage
from layers.geopackage import write_geopackage

# What is done to a clean file, and the line that names it.
BREACHES = {
    "DROP TABLE qgis_projects": "qgis_projects: project: the file has no QGIS project",
    "DELETE FROM qgis_projects": "qgis_projects: project: the file has no QGIS project",
    "UPDATE qgis_projects SET content = 'no archive'": (
        "qgis_projects planned-works: project: cannot be read"
    ),
    "UPDATE qgis_projects SET content = substr(content, 1, 2000)": (
        "qgis_projects planned-works: project: cannot be read"
    ),
    "DELETE FROM layer_styles WHERE f_table_name = 'works'": (
        "works: style: has no default style in layer_styles"
    ),
    "DELETE FROM gpkg_data_columns WHERE column_name = 'stage' AND table_name = 'metro_lines'": (
        "metro_lines: domains: gpkg_data_columns does not describe stage"
    ),
    "UPDATE gpkg_data_columns SET title = 'x' WHERE column_name = 'sentence'": (
        "works: domains: gpkg_data_columns does not describe sentence"
    ),
    "UPDATE gpkg_data_columns SET constraint_name = NULL WHERE column_name = 'precision'": (
        "places: domains: gpkg_data_columns does not describe precision"
    ),
    "DROP TABLE gpkg_data_column_constraints": (
        "codes plan: domains: gpkg_data_column_constraints has no words for stage plan"
    ),
    "UPDATE gpkg_data_column_constraints SET description = '' WHERE value = 'metro'": (
        "codes metro: domains: gpkg_data_column_constraints has no words for theme metro"
    ),
    "DROP TABLE gpkg_metadata_reference": ("gpkg_metadata: metadata: the file is not described"),
    "DELETE FROM gpkg_metadata_reference WHERE table_name = 'metro_lines'": (
        "metro_lines: metadata: has no sources, licences and lineage"
    ),
}


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("clean") / "works.gpkg"
    write_geopackage(path, [example()])
    return path


@pytest.mark.parametrize("script", BREACHES)
def test_each_breach_is_named(clean: Path, tmp_path: Path, script: str) -> None:
    assert BREACHES[script] in [str(one) for one in _after(clean, tmp_path, script)]


def test_what_is_missing_beside_the_rows_hides_no_other_breach(clean: Path, tmp_path: Path) -> None:
    script = "DROP TABLE qgis_projects; UPDATE build SET value = '8' WHERE key = 'works'"
    assert {one.rule for one in _after(clean, tmp_path, script)} == {"project", "count"}


def test_a_file_whose_project_looks_elsewhere_is_named(clean: Path, tmp_path: Path) -> None:
    (tmp_path / "renamed.gpkg").write_bytes(clean.read_bytes())
    (violation,) = check_geopackage(tmp_path / "renamed.gpkg")
    assert (violation.layer, violation.rule) == ("qgis_projects", "project")
    assert "looks for its layers in works.gpkg" in violation.problem


def _after(clean: Path, folder: Path, script: str) -> tuple[Violation, ...]:
    path = folder / clean.name
    path.write_bytes(clean.read_bytes())
    with contextlib.closing(sqlite3.connect(path)) as database:
        database.executescript(script)
        database.commit()
    return check_geopackage(path)
