"""The server shows the file as it now is, whole, and the last good one when it is not."""

import os
import threading
from dataclasses import replace
from pathlib import Path

import factories
import pytest

from geo.errors import LayersFileError
from layers.geopackage import WorksFile, read_geopackage, write_geopackage
from webmap import create_app
from webmap.store import WorksStore


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "works.gpkg"
    write_geopackage(path, [factories.example()])
    return path


def other_plan() -> "factories.Plan":
    plan = factories.example()
    return factories.plan(plan.reading.document, plan.placed[:2])


def test_a_file_is_read_once(path: Path) -> None:
    store = WorksStore(path)
    assert store.current() is store.current()


def test_a_new_build_is_served_without_a_restart(path: Path) -> None:
    store = WorksStore(path)
    before = store.current()
    write_geopackage(path, [other_plan()])
    after = store.current()
    assert (len(before.works), len(after.works)) == (7, 2)
    assert before.version != after.version


def test_a_damaged_file_leaves_the_last_good_one(path: Path) -> None:
    store = WorksStore(path)
    before = store.current()
    path.write_bytes(b"SQLite format 3\0 and then nothing")
    assert store.current() is before
    path.unlink()
    assert store.current() is before


def test_a_mended_file_is_served_again(path: Path) -> None:
    store = WorksStore(path)
    path.write_bytes(b"damaged")
    store.current()
    write_geopackage(path, [other_plan()])
    assert len(store.current().works) == 2


def test_a_damaged_file_is_refused_at_the_start(tmp_path: Path) -> None:
    with pytest.raises(LayersFileError):
        WorksStore(tmp_path / "missing.gpkg")


def test_visitors_never_see_two_builds_at_once(path: Path) -> None:
    store = WorksStore(path)
    plans = [factories.example(), other_plan()]
    seen, stop = set(), threading.Event()

    def visit() -> None:
        while not stop.is_set():
            one = store.current()
            seen.add((len(one.works), len(one.layers)))

    visitors = [threading.Thread(target=visit) for _ in range(3)]
    for visitor in visitors:
        visitor.start()
    for number in range(4):
        write_geopackage(path, [plans[number % 2]])
        store.current()
    stop.set()
    for visitor in visitors:
        visitor.join()
    assert seen <= {(7, 6), (2, 2)}


def test_data_of_another_build_than_the_pages_is_refused(path: Path) -> None:
    client = create_app({"WORKS_FILE": path}).test_client()
    version = client.get("/health").get_json()["version"]
    assert client.get(f"/works.json?version={version}").status_code == 200
    write_geopackage(path, [other_plan()])
    assert client.get(f"/works.json?version={version}").status_code == 409
    assert client.get("/works.json").status_code == 200


def test_a_file_that_was_touched_is_read_again(path: Path) -> None:
    store = WorksStore(path)
    before = store.current()
    os.utime(path, ns=(1, 1))
    assert store.current().version != before.version
    assert store.current().works == before.works


def test_works_that_are_outside_the_city_do_not_move_the_map(path: Path) -> None:
    west, south, east, north = WorksStore(path).current().bounds
    assert 119 < west < east < 121
    assert 30 < south < north < 33


def test_a_file_without_any_place_shows_the_country(tmp_path: Path) -> None:
    plan = factories.example()
    lost = [factories.unlocated(one.work) for one in plan.placed]
    path = tmp_path / "lost.gpkg"
    write_geopackage(path, [replace(plan, placed=tuple(lost))])
    client = create_app({"WORKS_FILE": path}).test_client()
    assert client.get("/").status_code == 200
    assert client.get("/works.json").get_json()["columns"]["work_id"] == []


def test_a_file_that_is_replaced_while_it_is_read_is_read_again(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replacements = [other_plan()]

    def read_slowly(source: Path) -> WorksFile:
        file = read_geopackage(source)
        if replacements:
            write_geopackage(source, [replacements.pop()])
        return file

    monkeypatch.setattr("layers.origin.read_geopackage", read_slowly)
    assert len(WorksStore(path).current().works) == 2


def test_a_file_that_never_rests_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def read_and_touch(source: Path) -> WorksFile:
        file = read_geopackage(source)
        os.utime(source, ns=(source.stat().st_mtime_ns + 1,) * 2)
        return file

    monkeypatch.setattr("layers.origin.read_geopackage", read_and_touch)
    with pytest.raises(LayersFileError, match="changes while it is read"):
        WorksStore(path)
