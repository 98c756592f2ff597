"""Pages served from a database: those of the file, always of the newest state that can be read."""

import logging
import re
import threading
import time
from pathlib import Path

import factories
import psycopg
import pytest
from flask.testing import FlaskClient
from postgres_server import PASSWORD, Server
from published import fewer, put, written
from shapely.geometry import Point

from geo.errors import DatabaseError
from geo.model import Stage, Theme
from webmap import create_app
from webmap.store import WorksStore

PAGES = (
    *("/?lang=zh-Hans", "/?lang=en&theme=metro", "/list", "/table?sort=stage"),
    *("/documents/jia-2020", "/works/jia-2020-002", "/works/jia-2020-005/panel"),
    *("/?view=text", "/documents/jia-2020/ledger", "/documents/jia-2020/clauses?fate=area"),
    *("/works.json", "/layers/metro_lines.geojson", "/base.geojson"),
)


@pytest.fixture
def served(database: str, example: Path) -> FlaskClient:
    put(example, database)
    return client(database)


def client(where: object) -> FlaskClient:
    app = create_app({"WORKS_FILE": where})
    return app.test_client(use_cookies=False)


def shorter(folder: Path) -> Path:
    return written(folder, fewer(), name="two")


def without_build(text: str, version: str) -> str:
    """Leave out what differs between two answers of the same works: build, nonce, folium's ids."""
    nonce = text.partition('nonce="')[2].partition('"')[0]
    same = text.replace(version, "VERSION").replace(nonce or "NONCE", "NONCE")
    return re.sub(r"[0-9a-f]{32}", "ID", same)


def test_pages_are_those_of_the_file(served: FlaskClient, example: Path) -> None:
    from_file = client(example)
    versions = [one.get("/health").get_json()["version"] for one in (served, from_file)]
    for page in PAGES:
        answers = [one.get(page) for one in (served, from_file)]
        assert [answer.status_code for answer in answers] == [200, 200]
        texts = [
            without_build(answer.text, version)
            for answer, version in zip(answers, versions, strict=True)
        ]
        assert texts[0] == texts[1]


def test_a_new_publication_is_served_without_a_restart(
    served: FlaskClient, database: str, tmp_path: Path
) -> None:
    before = served.get("/health").get_json()
    put(shorter(tmp_path), database)
    after = served.get("/health").get_json()
    assert (before["works"], after["works"]) == (7, 2)
    assert before["version"] != after["version"]
    assert served.get(f"/works.json?version={before['version']}").status_code == 409


def test_works_are_read_once_while_nothing_changes(database: str, example: Path) -> None:
    put(example, database)
    store = WorksStore(database)
    assert store.current() is store.current()


def test_what_a_person_edits_in_the_database_is_served(
    served: FlaskClient, database: str, postgres: Server
) -> None:
    postgres.run(database, "UPDATE 甲市_2020.metro_lines SET geom = ST_Translate(geom, 0.01, 0)")
    for _ in range(100):  # the server counts changes soon after
        (feature,) = served.get("/layers/metro_lines.geojson").get_json(force=True)["features"]
        if feature["geometry"]["coordinates"][0][0][0] == pytest.approx(119.81):
            return
        time.sleep(0.1)
    pytest.fail("the edit never came")


def test_a_drawing_that_is_not_filled_in_does_not_stop_the_map(
    served: FlaskClient, database: str, postgres: Server, caplog: pytest.LogCaptureFixture
) -> None:
    postgres.run(database, "INSERT INTO 甲市_2020.metro_lines DEFAULT VALUES")
    for _ in range(100):
        assert served.get("/works.json").status_code == 200
        if "1 works are not filled in yet" in caplog.text:
            return
        time.sleep(0.1)
    pytest.fail("the drawing was never seen")


def test_a_database_that_goes_away_leaves_the_last_good_works(
    database: str,
    example: Path,
    postgres: Server,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("layers.postgis.origin.PAUSE_S", 0)
    put(example, database)
    role = reader(postgres, database)
    store = WorksStore(postgres.address_for(role, database))
    before = store.current()
    postgres.run(postgres.address("postgres"), f"ALTER ROLE {role} NOLOGIN")
    end_sessions(postgres, role)
    with caplog.at_level(logging.WARNING):
        assert store.current() is before
        assert store.current() is before
    assert caplog.text.count("The last works that were read stay in use") == 1
    assert "not permitted to log in" in caplog.text
    assert PASSWORD not in caplog.text
    put(shorter(example.parent), database)
    postgres.run(postgres.address("postgres"), f"ALTER ROLE {role} LOGIN")
    assert len(store.current().works) == 2


def reader(postgres: Server, database: str) -> str:
    role = postgres.role()
    postgres.run(database, f"GRANT USAGE ON SCHEMA 甲市_2020 TO {role}")
    postgres.run(database, f"GRANT SELECT ON ALL TABLES IN SCHEMA 甲市_2020 TO {role}")
    return role


def end_sessions(postgres: Server, role: str) -> None:
    query = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = %s"
    postgres.run(postgres.address("postgres"), query, role)


def test_a_lost_connection_is_opened_again(
    database: str, example: Path, postgres: Server, tmp_path: Path
) -> None:
    put(example, database)
    role = reader(postgres, database)
    store = WorksStore(postgres.address_for(role, database))
    before = store.current()
    end_sessions(postgres, role)
    assert store.current() is before
    put(shorter(tmp_path), database)
    assert len(store.current().works) == 2


def test_a_database_that_is_away_is_not_asked_with_each_page(
    database: str, example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(example, database)
    store = WorksStore(database)
    asked: list[None] = []

    def away(*_: object, **__: object) -> None:
        asked.append(None)
        raise DatabaseError("away")

    monkeypatch.setattr("layers.postgis.origin.connect", away)
    for _ in range(5):
        store.current()
    assert len(asked) == 1


def test_a_database_that_does_not_answer_keeps_no_page_waiting(
    database: str, example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(example, database)
    monkeypatch.setattr("layers.postgis.origin._PATIENCE", "200ms")
    store = WorksStore(database)
    with psycopg.connect(database) as holding:
        holding.execute("LOCK TABLE 甲市_2020.publication IN ACCESS EXCLUSIVE MODE")
        started = time.monotonic()
        for _ in range(10):
            assert len(store.current().works) == 7
        assert time.monotonic() - started < 5


def test_works_that_could_not_be_read_once_are_read_later(
    database: str, example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(example, database)
    store = WorksStore(database)
    put(shorter(tmp_path), database)

    def fail(_: object) -> None:
        raise DatabaseError("deadlock detected")

    with monkeypatch.context() as patch:
        patch.setattr("webmap.store.read_snapshot", fail)
        assert len(store.current().works) == 7
    assert len(store.current().works) == 2


def test_a_schema_that_is_dropped_leaves_the_last_good_works(
    served: FlaskClient, database: str, postgres: Server
) -> None:
    served.get("/")
    postgres.run(database, "DROP SCHEMA 甲市_2020 CASCADE")
    assert served.get("/health").get_json()["works"] == 7


def test_visitors_never_see_two_publications_at_once(
    database: str, example: Path, tmp_path: Path
) -> None:
    files = [example, shorter(tmp_path)]
    put(example, database)
    store = WorksStore(database)
    seen: set[tuple[int, int]] = set()
    stop = threading.Event()

    def visit() -> None:
        while not stop.is_set():
            one = store.current()
            seen.add((len(one.works), len(one.layers)))

    visitors = [threading.Thread(target=visit) for _ in range(3)]
    for visitor in visitors:
        visitor.start()
    for number in range(1, 5):
        put(files[number % 2], database)
        store.current()
    stop.set()
    for visitor in visitors:
        visitor.join()
    assert seen == {(7, 6), (2, 2)}


def test_several_cities_of_one_database_are_served_each_by_its_address(
    database: str, example: Path, tmp_path: Path
) -> None:
    other = factories.document(document_id="yi-2021", city="乙市")
    park = factories.work(other, 2, "乙公園", Theme.PARK, Stage.START)
    second = written(tmp_path, factories.plan(other, (factories.placed(park, Point(120, 31)),)))
    put(example, database)
    put(second, database)
    works = [
        client(f"{database}?schema={schema}").get("/health").get_json()["works"]
        for schema in ("甲市_2020", "%E4%B9%99%E5%B8%82_2020")
    ]
    assert works == [7, 1]
    with pytest.raises(DatabaseError, match="several published schemas"):
        client(database)


def test_the_password_is_not_in_the_configuration(
    database: str, example: Path, postgres: Server
) -> None:
    put(example, database)
    address = postgres.address_for(reader(postgres, database), database)
    app = create_app({"WORKS_FILE": address})
    assert app.test_client().get("/").status_code == 200
    assert PASSWORD not in str(app.config)
    assert address.partition("@")[0] not in str(app.config)


def test_a_database_that_is_away_at_the_start_is_one_sentence() -> None:
    with pytest.raises(DatabaseError, match="cannot be reached"):
        create_app({"WORKS_FILE": "postgresql://127.0.0.1:1/gis"})


def test_the_watching_connection_ends_with_the_application(
    database: str, example: Path, postgres: Server
) -> None:
    put(example, database)
    role = reader(postgres, database)
    store = WorksStore(postgres.address_for(role, database))
    store.current()
    query = "SELECT count(*) FROM pg_stat_activity WHERE usename = %s"
    assert postgres.run(database, query, role) == [(1,)]
    del store
    for _ in range(50):
        if postgres.run(database, query, role) == [(0,)]:
            return
        time.sleep(0.1)
    pytest.fail("a connection was left behind")
