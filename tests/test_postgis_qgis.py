"""Published layers in real QGIS: styled by default, and drawn into by those who may."""

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import factories
import pytest
from postgres_server import PASSWORD, Server

from layers.postgis import Wish, publish, read_address
from layers.schema import COLUMNS
from layers.titles import STAGE_COLOURS, STAGES

SCHEMA = "甲市_2020"
LAYERS = (
    "sewage_areas:MultiPolygon",
    "metro_lines:MultiLineString",
    "bridge_crossing_points:MultiPoint",
)


@pytest.fixture
def look(
    need_program: Callable[[str, str], str], postgres: Server, database: str, tmp_path: Path
) -> Callable[[str], dict[str, Any]]:
    """Give a function that opens the published layers in QGIS as a role."""
    need_program("qgis", "apt-get install qgis python3-qgis")

    def run(role: str) -> dict[str, Any]:
        name = database.rpartition("/")[2]
        script = Path(__file__).with_name("qgis_postgis.py")
        server = ["127.0.0.1", str(postgres.port), name, role, PASSWORD]
        picture = tmp_path / "picture.png"
        command = ["/usr/bin/python3", script, *server, SCHEMA, picture, *LAYERS]
        home = {"HOME": str(tmp_path), "PATH": os.environ["PATH"], "QT_QPA_PLATFORM": "offscreen"}
        done = subprocess.run(command, env=home, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return dict(json.loads(done.stdout.splitlines()[-1]))

    return run


def test_qgis_opens_what_a_reader_was_granted_with_its_style(
    example: Path, database: str, postgres: Server, look: Callable[[str], dict[str, Any]]
) -> None:
    role = postgres.role()
    publish(example, read_address(database), Wish(roles=(role,)))
    seen = look(role)
    assert list(seen["layers"]) == [name.partition(":")[0] for name in LAYERS]
    for layer in seen["layers"].values():
        assert (layer["valid"], layer["features"], layer["crs"]) == (True, 1, "EPSG:4326")
        assert (layer["renderer"], layer["attribute"]) == ("categorizedSymbol", "stage")
        assert layer["categories"][: len(STAGES)] == [str(stage) for stage in STAGES]
        assert layer["colours"][: len(STAGES)] == [STAGE_COLOURS[stage] for stage in STAGES]
        expected = {column.name: column.title.hans for column in COLUMNS}
        assert {name: layer["aliases"][name] for name in expected} == expected
        assert not layer["writable"]
    assert seen["pixels"][STAGE_COLOURS[factories.Stage.OPEN_TO_SERVICE]] > 0
    assert seen["drawn"] == "cannot be edited"


def test_a_person_draws_a_work_in_qgis_and_names_it_later(
    example: Path, database: str, postgres: Server, look: Callable[[str], dict[str, Any]]
) -> None:
    role = postgres.role()
    publish(example, read_address(database), Wish(roles=(role,)))
    layer = f"{SCHEMA}.bridge_crossing_points"
    postgres.run(database, f"GRANT INSERT, UPDATE ON {layer} TO {role}")
    assert look(role)["drawn"] == ""
    query = f"SELECT work_id, name, edited, verified FROM {layer} ORDER BY fid NULLS FIRST LIMIT 1"
    ((work_id, *values),) = postgres.run(database, query)
    assert work_id.startswith("drawn-")
    assert values == [None, True, False]


STYLE = "SELECT f_table_name FROM public.layer_styles WHERE {} ORDER BY 1"


def test_each_layer_has_one_default_style_after_any_number_of_publications(
    example: Path, database: str, postgres: Server
) -> None:
    for _ in range(2):
        publish(example, read_address(database))
    found = postgres.run(database, STYLE.format("useasdefault AND f_geometry_column = 'geom'"))
    assert [name for (name,) in found] == [
        "bridge_crossing_points",
        "expressway_lines",
        "industry_points",
        "metro_lines",
        "sewage_areas",
        "tourism_areas",
    ]


def test_styles_of_others_stay_and_stay_the_default(
    example: Path, database: str, postgres: Server
) -> None:
    publish(example, read_address(database))
    postgres.run(
        database,
        "UPDATE public.layer_styles SET useasdefault = false WHERE f_table_name = 'metro_lines'",
    )
    columns = "f_table_catalog, f_table_schema, f_table_name, stylename, useasdefault"
    for schema, table in ((SCHEMA, "metro_lines"), ("roads", "metro_lines")):
        postgres.run(
            database,
            f"INSERT INTO public.layer_styles ({columns}) "
            "VALUES (current_database(), %s, %s, 'by hand', true)",
            schema,
            table,
        )
    postgres.run(
        database,
        f"INSERT INTO public.layer_styles ({columns}) "
        "VALUES ('other', %s, 'metro_lines', 'planned-works', true)",
        SCHEMA,
    )
    publish(example, read_address(database))
    query = STYLE.format("f_table_name = 'metro_lines' AND useasdefault").replace(
        "f_table_name FROM", "f_table_catalog = current_database(), f_table_schema, stylename FROM"
    )
    assert postgres.run(database, query) == [
        (False, SCHEMA, "planned-works"),
        (True, SCHEMA, "by hand"),
        (True, "roads", "by hand"),
    ]


def test_a_table_of_styles_that_is_not_qgis_own_is_left_alone(
    example: Path, database: str, postgres: Server
) -> None:
    postgres.run(database, "CREATE TABLE public.layer_styles (id int)")
    done = publish(example, read_address(database))
    assert "without styles for QGIS" in done.note
    assert len(done.layers) == 6


def test_an_older_table_of_styles_of_qgis_is_filled(
    example: Path, database: str, postgres: Server
) -> None:
    postgres.run(
        database,
        "CREATE TABLE public.layer_styles (id serial PRIMARY KEY, f_table_catalog varchar, "
        "f_table_schema varchar, f_table_name varchar, f_geometry_column varchar, "
        "stylename varchar(30), styleqml xml, stylesld xml, useasdefault boolean, "
        "description text, owner varchar(30), ui xml, update_time timestamp)",
    )
    assert publish(example, read_address(database)).note == ""
    assert len(postgres.run(database, STYLE.format("f_geometry_column IS NOT NULL"))) == 6
