"""Names of exported files, and what exports say of themselves."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.attribution import MOST_SOURCES, Credits, attribution_of
from layers.build import NOT_VERIFIED
from layers.export.formats import FORMATS, format_of
from layers.export.model import Wanted
from layers.export.naming import file_stem, marked_target, safe_name
from layers.export.notes import readable_address, title_of
from layers.export.prepare import system_of
from layers.selection import Selection, selection_from


@pytest.mark.parametrize(
    ("address", "layers", "language", "stem"),
    [
        ("", (), "zh-Hans", "甲市2020_规划工程"),
        ("theme=metro&stage=start", (), "zh-Hant", "甲市2020_規劃工程-地鐵-開工啟動"),
        ("year=2020", ("metro_lines",), "en", "甲市2020_planned_works-metro_lines-2020"),
        ("bbox=119,31,120,32", (), "zh-Hans", "甲市2020_规划工程-bbox"),
        ("q=../../etc/passwd", (), "zh-Hans", "甲市2020_规划工程-etc_passwd"),
        (
            "theme=metro&theme=park&theme=road&theme=water&theme=power&theme=sewage",
            (),
            "zh-Hans",
            "甲市2020_规划工程-地铁-公园-电力能源-城市道路-等2项",
        ),
    ],
)
def test_a_file_is_named_after_what_it_holds(
    address: str, layers: tuple[str, ...], language: str, stem: str
) -> None:
    wanted = Wanted(selection_from(address), layers, language=language)
    assert file_stem("甲市2020", wanted) == stem


@given(st.text(max_size=200))
def test_a_name_is_safe_on_every_file_system(text: str) -> None:
    name = safe_name(text)
    assert len(name.encode()) <= 60
    assert not set(name) & set('\\/:*?"<>|\0\r\n\t ')
    assert not name.startswith(("-", ".", "_"))
    assert name.isprintable()


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_stem_fits_into_a_file_name_whatever_the_words(title: str, query: str) -> None:
    stem = file_stem(title, Wanted(Selection(query=query)))
    assert 0 < len(stem.encode()) < 240
    assert Path(stem).name == stem


@pytest.mark.parametrize(
    ("name", "crs", "ending", "expected"),
    [
        ("a.csv", "gcj02", ".csv", "a.gcj02.csv"),
        ("a.shp.zip", "bd09", ".shp.zip", "a.bd09.shp.zip"),
        ("a.GCJ02.csv", "gcj02", ".csv", "a.GCJ02.csv"),
        ("a", "GCJ-02", ".csv", "a.gcj02"),
        ("a.csv", "EPSG:4490", ".csv", "a.csv"),
    ],
)
def test_only_a_shifted_file_is_marked_in_its_name(
    name: str, crs: str, ending: str, expected: str
) -> None:
    assert marked_target(Path(name), system_of(crs), ending).name == expected


@pytest.mark.parametrize(
    ("name", "code", "ending"),
    [
        ("works.shp.zip", "shp", ".shp.zip"),
        ("works.zip", "shp", ".zip"),
        ("WORKS.CSV", "csv", ".csv"),
        ("works.geojson", "geojson", ".geojson"),
        ("works.json", "geojson", ".json"),
        ("a.b.parquet", "parquet", ".parquet"),
    ],
)
def test_the_ending_of_a_name_tells_the_format(name: str, code: str, ending: str) -> None:
    found = format_of(name, FORMATS)
    assert found is not None
    assert (found[0].code, found[1]) == (code, ending)


@pytest.mark.parametrize("name", ["works", "works.exe", "csv", ""])
def test_another_ending_tells_none(name: str) -> None:
    assert format_of(name, FORMATS) is None


@given(st.text(max_size=30), st.sampled_from(["", "theme=metro&district=新吴区", "bbox=1,2,3,4"]))
def test_a_readable_address_is_read_as_the_same_selection(query: str, address: str) -> None:
    selection = replace(selection_from(address), query=" ".join(query.split()))
    assert selection_from(readable_address(selection)) == selection
    assert len(readable_address(selection).splitlines()) <= 1


def collected(rows: Iterable[tuple[str | None, str | None]]) -> Credits:
    found = Credits()
    for source, licence in rows:
        found.add(source, licence)
    return found


def test_chinese_words_stay_readable_in_an_address() -> None:
    assert readable_address(selection_from("q=%E6%B9%BF%E5%9C%B0%20a")) == "q=湿地%20a"


def test_an_export_is_called_by_city_and_year_and_counts_further_plans() -> None:
    one = {"city": "甲市", "year": 2020}
    assert title_of([]) == ""
    assert title_of([one, one]) == "甲市2020"
    assert title_of([one, {"city": "乙市", "year": None}]) == "甲市2020 +1"


def test_sources_are_listed_under_their_licence_without_the_doubt_of_a_row() -> None:
    found = collected(
        [("b", "MIT"), ("a", "MIT"), (f"a ({NOT_VERIFIED})", "MIT"), (None, None), ("c", "CC0")]
    )
    assert [one.line for one in found.all()] == ["CC0: c", "MIT: a | b"]
    assert found.attributions() == ()


def test_more_sources_than_anyone_reads_are_cut_with_a_mark() -> None:
    (credit,) = collected((f"way {number:05}", "ODbL-1.0") for number in range(5_000)).all()
    assert len(credit.sources) == MOST_SOURCES
    assert credit.line.endswith("| …")


def test_owners_are_named_as_they_ask_even_beyond_the_list() -> None:
    rows = [(f"own {number}", "MIT") for number in range(5_000)]
    found = collected([*rows, ("OpenStreetMap way 1", "ODbL-1.0"), ("GeoNames 5", "CC-BY-4.0")])
    first, second, share = found.attributions()
    assert first.startswith("© OpenStreetMap contributors")
    assert second.startswith("GeoNames, CC BY 4.0")
    assert "ODbL 1.0" in share


def test_a_row_is_attributed_to_its_owner_or_to_its_source() -> None:
    assert attribution_of(None, None) == ""
    assert attribution_of("field survey", "CC0-1.0") == "field survey, CC0-1.0"
    assert "© OpenStreetMap" in attribution_of("OpenStreetMap way 1; GeoNames 5", "ODbL-1.0")
