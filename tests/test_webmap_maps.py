"""The folium map: grouped by theme, drawn from addresses, and naming no outside server."""

import re

import folium

from webmap.maps import PANES, MapParts, build_map, render
from webmap.settings import OutsideBaseMap

BOUNDS = (119.5, 31.0, 120.5, 32.0)


def parts(outside: OutsideBaseMap | None = None) -> MapParts:
    return render(
        build_map("/works.json", BOUNDS, "/base.geojson", outside), lambda path: f"/s/{path}"
    )


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


def test_an_outside_base_map_is_drawn_and_its_owner_named_as_text() -> None:
    outside = OutsideBaseMap("https://tiles.example/{z}/{x}/{y}.png", "<b>Owner</b>")
    script = parts(outside).script
    assert "https://tiles.example/{z}/{x}/{y}.png" in script
    assert "<b>" not in script


def test_the_map_opens_in_the_middle_of_the_bounds() -> None:
    assert "center: [31.5, 120.0]" in parts().script
