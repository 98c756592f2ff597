"""What a person writes for a place is a shape or one sentence, whatever it is."""

import json

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry.base import BaseGeometry

from geo.sentences import Sentence
from webmap.adding.wishes import read_shape


@pytest.mark.parametrize(
    ("text", "wkt"),
    [
        ("120.3, 31.5", "MULTIPOINT (120.3 31.5)"),
        ("120.3,31.5", "MULTIPOINT (120.3 31.5)"),
        (" 120.3 31.5 ", "MULTIPOINT (120.3 31.5)"),
        ("POINT Z (120.3 31.5 7)", "MULTIPOINT (120.3 31.5)"),
        ("LINESTRING (120 31, 121 32)", "MULTILINESTRING ((120 31, 121 32))"),
        ('{"type":"MultiPoint","coordinates":[[120,31],[121,32]]}', "MULTIPOINT (120 31, 121 32)"),
        (
            '{"type":"Polygon","coordinates":[[[120,31],[121,31],[121,32],[120,31]]]}',
            "MULTIPOLYGON (((120 31, 121 31, 121 32, 120 31)))",
        ),
    ],
)
def test_points_lines_and_areas_are_read_in_any_notation(text: str, wkt: str) -> None:
    found = read_shape(text)
    assert isinstance(found, BaseGeometry)
    assert found.equals(shapely.from_wkt(wkt))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "here",
        "120.3",
        "120.3, 31.5, 7, 8",
        "POINT EMPTY",
        "GEOMETRYCOLLECTION (POINT (120 31))",
        "POINT (120 91)",
        "POINT (inf 31)",
        '{"type":"Feature"}',
        '{"type":"Point"}',
        '{"type":"Point","coordinates":null}',
        '{"type":"Polygon","coordinates":[[[120,31]]]}',
        '{"type":["Point"],"coordinates":[1,2]}',
        "{" * 5000,
        "<script>alert(1)</script>",
        "120" * 200_000,
    ],
)
def test_what_is_no_shape_is_one_sentence(text: str) -> None:
    assert isinstance(read_shape(text), Sentence)


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


@given(
    st.text(max_size=60)
    | st.builds(
        lambda kind, coordinates: json.dumps({"type": kind, "coordinates": coordinates}),
        st.sampled_from(["Point", "LineString", "Polygon", "MultiPolygon", "x"]),
        json_values,
    )
)
def test_no_text_breaks_the_reader(text: str) -> None:
    found = read_shape(text)
    if isinstance(found, BaseGeometry):
        assert not found.is_empty
        assert abs(shapely.get_coordinates(found)).max() <= 180
