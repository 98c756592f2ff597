"""What is asked of an Overpass server: all that the import knows, and nothing else."""

import pytest
from overpass_server import (
    is_asked,
)

from geo.gazetteer.overpass.groups import load_groups
from geo.gazetteer.rows import read_rows
from geo.gazetteer.vocabulary import DISTRICT_KINDS
from geo.paths import data_path


def test_whatever_the_import_knows_is_asked_for() -> None:
    query = "".join(f"{selection};" for group in load_groups() for selection in group.selections)
    for row in read_rows(data_path("gazetteer", "osm_kinds.csv"), ("tags", "kind")):
        if row["kind"] in DISTRICT_KINDS | {"city"}:
            continue
        tags = {"name": "青川"}
        for words in row.words("tags"):
            key, _, values = words.partition("=")
            tags[key] = values.split("|")[-1].replace("*", "yes")
        assert is_asked(query, tags), tags


@pytest.mark.parametrize(
    ("tags", "asked"),
    [
        ({"highway": "trunk", "ref": "G312"}, True),
        ({"highway": "construction", "construction": "trunk", "name": "青川路"}, True),
        ({"highway": "primary", "bridge:name": "青川大桥"}, True),
        ({"type": "route", "route": "subway", "name": "地铁1号线"}, True),
        ({"highway": "trunk"}, False),
        ({"highway": "traffic_signals", "name": "青川路"}, False),
        ({"boundary": "administrative", "admin_level": "4", "name": "甲省"}, False),
        ({"type": "route", "route": "bus", "name": "1路"}, False),
    ],
)
def test_only_what_has_a_name_or_number_and_a_known_kind_is_asked_for(
    tags: dict[str, str], asked: bool
) -> None:
    query = "".join(f"{selection};" for group in load_groups() for selection in group.selections)
    assert is_asked(query, tags) is asked
