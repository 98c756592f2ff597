"""Whole extracts of OpenStreetMap: the chosen area, the summary, and what is refused."""

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from osm_files import OsmFile, Tags
from osm_importing import EAST, FAR, FORMS, FURTHER, found, imported_summary, kinds, opened
from shapely.geometry import box

from geo.errors import GazetteerError
from geo.gazetteer.importing import import_file
from geo.gazetteer.importing.kinds import Form, KindRule, rule_of, tag_rules
from geo.gazetteer.library import SourceNote, open_library


def test_only_what_meets_the_area_is_imported(osm: OsmFile, tmp_path: Path) -> None:
    for number, line in enumerate((EAST, FAR)):
        osm.way(line, {"highway": "primary", "name": f"{'东西'[number]}路"})
    area = box(119.9, 30.9, 120.1, 31.1)
    summary = imported_summary(osm, tmp_path, area=area)
    assert (summary.places, summary.read) == (1, 1)


def test_a_line_that_leaves_the_area_and_comes_back_is_one_line(
    osm: OsmFile, tmp_path: Path
) -> None:
    for start in range(0, 60, 2):
        stretch = [(120 + (start + step) / 100, 31.0) for step in (0, 1, 2)]
        osm.way(stretch, {"railway": "rail", "name": "甲乙铁路"})
    west, east = box(119.9, 30.9, 120.1, 31.1), box(120.25, 30.9, 120.35, 31.1)
    imported_summary(osm, tmp_path, area=west | east)
    (railway,) = found(opened(tmp_path), "甲乙铁路")
    assert railway.geometry.length == pytest.approx(0.15 + 0.2)
    assert railway.geometry.bounds[2] == pytest.approx(120.4)


def test_a_line_that_only_passes_by_is_left_out(osm: OsmFile, tmp_path: Path) -> None:
    osm.way(EAST, {"railway": "rail", "name": "甲乙铁路"})
    for name in ("青川路", "白石路"):
        line = [(x, y + 0.15) for x, y in EAST] if name == "白石路" else EAST
        osm.way(line, {"highway": "primary", "name": name})
    summary = imported_summary(osm, tmp_path, area=box(119.9, 30.9, 120.1, 31.1))
    assert summary.places == 2
    assert found(opened(tmp_path), "白石路") == []


def test_the_summary_says_what_was_read_and_how_fast(osm: OsmFile, tmp_path: Path) -> None:
    for line in (EAST, FURTHER):
        osm.way(line, {"highway": "primary", "name": "青川路", "name:en": "Qingchuan Road"})
    seen: list[float] = []
    summary = imported_summary(osm, tmp_path, progress=seen.append)
    assert (summary.places, summary.names, summary.read) == (1, 2, 2)
    assert summary.size == (tmp_path / "jia.osm.pbf").stat().st_size
    assert "MB/s" in summary.sentence()
    assert seen == sorted(seen)
    assert seen[-1] == 1.0


def test_a_stated_source_is_noted_instead(osm: OsmFile, tmp_path: Path) -> None:
    osm.way(EAST, {"highway": "primary", "name": "青川路"})
    note = SourceNote("our survey", "Survey", "CC0-1.0", "us", "2026-03-04")
    imported_summary(osm, tmp_path, source=note)
    library = open_library(tmp_path / "gazetteer.sqlite")
    assert library is not None
    (source,) = library.sources()
    assert (source.name, source.licence, source.date) == ("our survey", "CC0-1.0", "2026-03-04")


def test_a_file_that_is_no_pbf_or_is_cut_off_is_named(osm: OsmFile, tmp_path: Path) -> None:
    for number in range(3000):
        osm.node(120 + number / 1e4, 31, {"leisure": "park", "name": f"园{number}"})
    whole = osm.write(tmp_path / "whole.osm.pbf").read_bytes()
    for name, data in (
        ("text.osm.pbf", b"no map at all"),
        ("cut.osm.pbf", whole[: len(whole) * 2 // 3]),
        ("damaged.osm.pbf", whole[:-3000] + b"x" * 3000),
        ("empty.osm.pbf", b""),
        ("cut.osm", b"<osm version='0.6'><node id='1' lat='1'"),
        ("bomb.osm", b"<!DOCTYPE a [<!ENTITY b 'cc'>]><osm version='0.6'>&b;</osm>"),
    ):
        path = tmp_path / name
        path.write_bytes(data)
        with pytest.raises(GazetteerError, match="no whole OpenStreetMap file"):
            import_file(path, library=tmp_path / "gazetteer.sqlite")
    assert open_library(tmp_path / "gazetteer.sqlite") is None


def test_a_failed_import_leaves_the_earlier_places(osm: OsmFile, tmp_path: Path) -> None:
    osm.node(120.1, 31.1, {"leisure": "park", "name": "清溪公园"})
    imported_summary(osm, tmp_path)
    (tmp_path / "jia.osm.pbf").write_bytes(b"damaged")
    with pytest.raises(GazetteerError):
        import_file(tmp_path / "jia.osm.pbf", library=tmp_path / "gazetteer.sqlite")
    library = open_library(tmp_path / "gazetteer.sqlite")
    assert library is not None
    assert kinds(library, "清溪公园") == ["park"]


def test_a_file_without_a_named_place_is_refused(osm: OsmFile, tmp_path: Path) -> None:
    osm.node(120.1, 31.1, {"leisure": "park"})
    with pytest.raises(GazetteerError, match="no named place of a known kind"):
        imported_summary(osm, tmp_path)


def test_hostile_names_are_bounded_and_plain(osm: OsmFile, tmp_path: Path) -> None:
    osm.node(120.1, 31.1, {"leisure": "park", "name": "') OR 1=1 --<b>园"})
    osm.node(120.1, 31.1, {"leisure": "park", "name": "园" * 250})
    osm.node(
        120.1,
        31.1,
        {"leisure": "park", "name": "东\u0085园", "alt_name": ";".join("一二三四五六七八九十" * 5)},
    )
    imported_summary(osm, tmp_path)
    library = open_library(tmp_path / "gazetteer.sqlite")
    assert library is not None
    names = {place.name for place in library.places(None, None, 9)}
    assert names == {"') OR 1=1 --<b>园", "东 园"}


def test_the_first_row_that_fits_decides() -> None:
    tags = {"leisure": "park", "natural": "wetland"}
    rule = rule_of(tags, "area", "东园")
    assert rule is not None
    assert rule.kind == "wetland"
    assert rule_of(tags, "line", "东园") is None
    assert rule_of({}, "area", "东园") is None


def examples(rule: KindRule) -> Iterator[tuple[Tags, Form, str]]:
    """Give things that a rule is written for: every value of its first tag, each form and word."""
    (first, values), *others = rule.tags.items()
    more = {key: min(known, default="yes") for key, known in others}
    names = [f"甲{end}" for end in rule.ends] or [f"甲{word}乙" for word in rule.has] or ["甲"]
    for value, form, name in product(values or {"yes"}, FORMS, names):
        if form in rule.forms:
            yield {first: value} | more, form, name


def test_no_row_of_the_kinds_is_hidden_by_those_above_it() -> None:
    for rule in tag_rules():
        for tags, form, name in examples(rule):
            found = rule_of(tags, form, name)
            assert found is not None
            assert found.number == rule.number, (tags, form, name, found.kind)
