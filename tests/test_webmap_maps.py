"""The folium map: grouped by theme, drawn from addresses, and naming no outside server."""

import json
import re

import folium
import pytest

from geo.model import Theme
from layers.titles import Title
from webmap.maps import PANES, LayerSource, MapParts, build_map, render
from webmap.outside_maps import OutsideMap

BOUNDS = (119.5, 31.0, 120.5, 32.0)
SOURCES = (
    LayerSource("metro_lines", Theme.METRO, "/works.geojson"),
    LayerSource("park_points", Theme.PARK, "/works.geojson"),
    LayerSource("park_areas", Theme.PARK, "/works.geojson"),
)


def parts(*outside: OutsideMap) -> MapParts:
    return render(build_map(SOURCES, BOUNDS, "/base.geojson", outside), lambda path: f"/s/{path}")


def tiles(url: str, code: str = "tiles") -> OutsideMap:
    return OutsideMap(code, Title("外", "外", "outside"), (url,), "Owner", shifted=True)


def test_only_leaflet_is_asked_for_and_from_this_server() -> None:
    assert parts().scripts == ("/s/vendor/leaflet/leaflet.js",)
    assert parts().styles == ("/s/vendor/leaflet/leaflet.css",)
    assert "//" not in parts().script + parts().html


def test_folium_itself_is_left_as_it_was() -> None:
    before = list(folium.Map.default_js)
    parts()
    assert folium.Map.default_js == before


def test_each_theme_is_one_group_that_holds_its_layers() -> None:
    script = parts().script
    groups = re.findall(r"(feature_group_\w+) = L\.featureGroup", script)
    held = re.findall(r"(works_layer_\w+)\.addTo\((feature_group_\w+)\)", script)
    assert len(groups) == 2
    assert [group for _layer, group in held] == [groups[0], groups[1], groups[1]]


def test_each_layer_is_drawn_by_our_element() -> None:
    assert re.findall(r'worksLayer\("/works.geojson", "(\w+)"\)', parts().script) == [
        "metro_lines",
        "park_points",
        "park_areas",
    ]
    assert 'baseLayer("/base.geojson")' in parts().script


def test_lines_lie_over_areas_and_marks_over_lines() -> None:
    assert PANES["base"] < PANES["areas"] < PANES["lines"] < PANES["marks"]
    for name in PANES:
        assert f'createPane(\n                "{name}")' in parts().script


def test_an_address_cannot_end_the_script() -> None:
    source = LayerSource("x", Theme.METRO, "/</script><script>alert(1)</script>")
    drawn = render(build_map([source], BOUNDS, "/b'\"</script>"), str)
    assert "</script>" not in drawn.script


def test_an_outside_base_map_is_made_but_not_put_on_the_map() -> None:
    script = parts(tiles("https://tiles.example/{z}/{x}/{y}.png")).script
    made = re.search(r'(outside_layer_\w+) = outsideLayer\("tiles", (\[.*?\]), (\{.*?\})\)', script)
    assert made
    assert json.loads(made[2]) == ["https://tiles.example/{z}/{x}/{y}.png"]
    assert json.loads(made[3])["shifted"] is True
    assert f"{made[1]}.addTo" not in script


def test_an_address_of_tiles_cannot_end_the_script() -> None:
    assert "</script>" not in parts(tiles("https://x/</script>", "</script>")).script


def test_the_same_map_has_the_same_script_each_time() -> None:
    assert parts().script == parts().script
    names = re.findall(r"var (\w+) =", parts().script)
    assert len(names) == len(set(names)) > 5


def test_the_map_opens_in_the_middle_of_the_bounds() -> None:
    assert "center: [31.5, 120.0]" in parts().script


@pytest.mark.parametrize("count", [0, 1])
def test_a_map_of_few_layers_stands(count: int) -> None:
    chart = build_map(SOURCES[:count], BOUNDS, "/base.geojson")
    assert render(chart, str).script.count("worksLayer(") == count
