"""The folium map: grouped by theme, drawn from addresses, and naming no outside server."""

import json
import re

import folium

from layers.titles import Title
from webmap.maps import PANES, MapParts, build_map, render
from webmap.outside_maps import OutsideMap

BOUNDS = (119.5, 31.0, 120.5, 32.0)


def parts(*outside: OutsideMap) -> MapParts:
    return render(
        build_map("/works.json", BOUNDS, "/base.geojson", outside), lambda path: f"/s/{path}"
    )


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


def test_works_and_base_map_are_drawn_by_our_elements_from_addresses() -> None:
    script = parts().script
    (works,) = re.findall(r'var (works_layer_\w+) = worksLayer\("/works.json"\);', script)
    assert re.search(rf"{works}\.addTo\(map_\w+\)", script)
    assert 'baseLayer("/base.geojson")' in script


def test_works_lie_over_the_base_map_and_over_what_makes_one_stand_out() -> None:
    assert PANES["base"] < PANES["areas"] < PANES["casings"] < PANES["works"]
    for name in PANES:
        assert f'createPane(\n                "{name}")' in parts().script


def test_an_address_cannot_end_the_script() -> None:
    works = "/</script><script>alert(1)</script>"
    drawn = render(build_map(works, BOUNDS, "/b'\"</script>"), str)
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
