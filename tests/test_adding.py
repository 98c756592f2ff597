"""A plan is uploaded, read, corrected and published; until then nobody else sees anything of it."""

import re
import shutil
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from signed_in import TOKEN, WHO, post, signed_in
from uploading import (
    BRIDGE,
    IMPOSSIBLE,
    PLAN,
    ROAD,
    TOWN,
    correct,
    row_of,
    settled,
    upload,
    work_page,
    write_served,
)

from geo.errors import DraftError
from geo.home import HOME_VARIABLE
from layers.edits.values import GEOMETRY, Status
from layers.geopackage import read_geopackage
from layers.making import edit_log, rebuild
from webmap import create_app
from webmap.adding.drafts import Drafts, State
from webmap.adding.publishing import keep


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_served(tmp_path_factory.mktemp("served"))


@pytest.fixture
def served(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "home"))
    return Path(shutil.copy(built, tmp_path / "works.gpkg"))


@pytest.fixture
def app(served: Path) -> Flask:
    return create_app({"WORKS_FILE": served, "EDIT_TOKEN": TOKEN})


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return signed_in(app)


def published(client: FlaskClient, draft: str) -> str:
    settled(client, draft)
    post(client, f"{draft}/publish")
    return settled(client, draft)


def test_works_and_ledger_of_an_upload_are_shown(client: FlaskClient) -> None:
    page = settled(client, upload(client))
    for words in (BRIDGE, ROAD, TOWN, "无锡 · 2022", "wuxi2022.txt", WHO):
        assert words in page, words
    assert "进一步优化营商环境" in page
    assert "no work" in page


def test_progress_tells_step_clauses_and_works(app: Flask, client: FlaskClient) -> None:
    told = []
    service = app.extensions["adding"]
    note = service.drafts.note

    class Noting(Drafts):
        def note(self, draft_id: str, state: State, progress: object) -> None:
            told.append((state, progress))
            note(draft_id, state, progress)

    service.drafts = Noting(service.drafts.served, service.drafts.path)
    settled(client, upload(client))
    assert told[0][0] == "reading"
    assert {progress.step for _, progress in told} >= {"text", "reading", "placing"}
    assert told[-1][0] == "ready"
    assert told[-1][1].clauses == 7
    assert BRIDGE in told[-1][1].works


def test_a_page_of_a_draft_at_work_needs_no_script(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app.extensions["adding"], "read", lambda _: True)
    page = client.get(upload(client)).text
    assert '<noscript><meta http-equiv="refresh"' in page
    assert "<progress" in page


def test_until_it_is_published_nobody_else_sees_anything_of_it(
    app: Flask, client: FlaskClient, served: Path
) -> None:
    before = served.read_bytes()
    draft = upload(client)
    correct(client, work_page(settled(client, draft), BRIDGE), stage="complete")
    stranger = app.test_client()
    for address in ("/", "/table", "/works.json", "/edits", "/adding/"):
        assert "wuxi2022" not in stranger.get(address).text
        assert BRIDGE not in stranger.get(address).text
    for address in (draft, f"{draft}/progress", f"{draft}/base.geojson", f"{draft}/works/x"):
        assert stranger.get(address).status_code == 403
    assert edit_log().edits() == ()
    assert served.read_bytes() == before


def test_drafts_are_kept_in_no_cache(client: FlaskClient) -> None:
    draft = upload(client)
    page = settled(client, draft)
    for address in ("/adding/", draft, work_page(page, BRIDGE)):
        assert client.get(address).headers["Cache-Control"] == "no-store"


def test_a_published_plan_is_on_the_map_beside_the_others(
    client: FlaskClient, served: Path
) -> None:
    draft = upload(client)
    page = published(client, draft)
    assert "The plan is on the map for everybody." in page
    assert set(read_geopackage(served).documents["document_id"]) == {"plan", "wuxi2022"}
    assert set(read_geopackage(served).documents["full_text"]) >= {PLAN}
    reader = client.application.test_client()
    assert BRIDGE in reader.get("/?document_id=wuxi2022").text
    assert "惠山湖大桥" in reader.get("/?document_id=plan").text
    assert next(iter(read_geopackage(served).layers.values())).crs.to_epsg() == 4490
    with pytest.raises(DraftError, match="upload the plan again"):
        client.application.extensions["adding"].drafts.content(draft[-16:])


def test_corrections_come_with_the_plan_and_survive_later_builds(
    client: FlaskClient, served: Path
) -> None:
    draft = upload(client)
    address = work_page(settled(client, draft), BRIDGE)
    fields = {"name": "梅梁湖大桥新建", "stage": "complete", "theme": "road", "why": "看过批文"}
    assert correct(client, address, **fields) == ""
    assert "梅梁湖大桥新建" in client.get(draft).text
    published(client, draft)
    (edit,) = edit_log().edits()
    assert (edit.author.who, edit.author.why, edit.file) == (WHO, "看过批文", "wuxi2022.txt")
    changes = {one.field: (one.before, one.after) for one in edit.correction.changes}
    assert changes["stage"] == ("start", "complete")
    assert changes["name"] == (BRIDGE, "梅梁湖大桥新建")
    assert changes["theme"] == ("bridge_crossing", "road")
    for _ in range(2):
        row = row_of(served, "梅梁湖大桥新建")
        assert (row["stage"], row["theme"], row["edited"]) == ("complete", "road", True)
        rebuild(served)


def test_places_are_chosen_drawn_or_taken_away(client: FlaskClient, served: Path) -> None:
    draft = upload(client)
    page = settled(client, draft)
    town, bridge, road = (work_page(page, name) for name in (TOWN, BRIDGE, ROAD))
    offered = client.get(f"{town}?find=惠山古镇").text
    chosen = re.findall(r'value="([^"]+)"[^>]*data-candidate>', offered)[0]
    assert correct(client, town, place=chosen) != ""  # not offered without the words
    assert correct(client, town, place=chosen, find="惠山古镇") == ""
    drawn = '{"type":"LineString","coordinates":[[120.3,31.5],[120.31,31.51]]}'
    assert correct(client, bridge, place="drawn", drawn=drawn, precision="street") == ""
    assert correct(client, road, place="nowhere") == ""
    published(client, draft)
    row = row_of(served, TOWN)
    assert row["precision"] in {"surveyed", "street"}
    assert "OpenStreetMap" in str(row["source"])
    assert row["licence"]
    row = row_of(served, BRIDGE)
    assert row["layer"] == "bridge_crossing_lines"
    assert (row["precision"], row["uncertainty_m"]) == ("street", 300)
    assert WHO in str(row["source"])
    assert not row["verified"]
    row = row_of(served, ROAD)
    assert (row["precision"], row["layer"]) == ("unlocated", None)
    assert all(edit.author.who == WHO for edit in edit_log().edits())
    geometries = [
        change.field for edit in edit_log().edits() for change in edit.correction.changes
    ].count(GEOMETRY)
    assert geometries == 3


def test_of_a_district_only_the_area_is_taken(client: FlaskClient) -> None:
    draft = upload(client)
    address = work_page(settled(client, draft), TOWN)
    page = client.get(f"{address}?find=惠山区").text
    found = re.search(r'value="([^"]+)"[^>]*data-candidate> <span><span lang="zh">惠山区<', page)
    assert correct(client, address, place=found[1], find="惠山区") == ""
    assert "somewhere in this area" in client.get(f"{address}?lang=en").text


def test_what_cannot_be_right_is_one_sentence_and_nothing_is_kept(client: FlaskClient) -> None:
    draft = upload(client)
    address = work_page(settled(client, draft), BRIDGE)
    for fields, words in IMPOSSIBLE:
        answer = correct(client, address, **fields)
        assert words in answer, fields
        assert answer.count('role="alert"') == 1
    assert client.application.extensions["adding"].drafts.log(draft[-16:]).edits() == ()


def test_a_correction_is_taken_back(client: FlaskClient) -> None:
    draft = upload(client)
    address = work_page(settled(client, draft), BRIDGE)
    correct(client, address, stage="complete")
    assert "Take the latest back" in client.get(f"{address}?lang=en").text
    post(client, f"{address}/undo")
    assert "Take the latest back" not in client.get(f"{address}?lang=en").text
    (edit,) = client.application.extensions["adding"].drafts.log(draft[-16:]).edits()
    assert edit.status is Status.REVERTED
    assert keep([edit], edit_log()) == []


def test_a_draft_is_resumed_after_a_restart(client: FlaskClient, served: Path) -> None:
    draft = upload(client)
    correct(client, work_page(settled(client, draft), BRIDGE), stage="complete")
    again = signed_in(create_app({"WORKS_FILE": served, "EDIT_TOKEN": TOKEN}))
    assert draft in again.get("/adding/").text
    page = settled(again, draft)
    assert "1 corrected" in page
    published(again, draft)
    assert row_of(served, BRIDGE)["stage"] == "complete"


def test_a_discarded_draft_leaves_nothing(client: FlaskClient, tmp_path: Path) -> None:
    draft = upload(client)
    correct(client, work_page(settled(client, draft), BRIDGE), stage="complete")
    post(client, f"{draft}/discard")
    assert client.get(draft).status_code == 404
    assert draft not in client.get("/adding/").text
    assert list((tmp_path / "home" / "drafts").iterdir()) == []


def test_a_plan_that_is_there_already_is_told_and_not_published(
    client: FlaskClient, served: Path
) -> None:
    published(client, upload(client))
    whole = served.read_bytes()
    draft = upload(client)
    page = settled(client, draft)
    assert "works of this plan are in the served file already" in page
    assert f'action="{draft}/publish"' not in page
    correct(client, work_page(page, BRIDGE), stage="complete")
    assert "in the served file already" in published(client, draft)
    assert served.read_bytes() == whole
    assert {edit.status for edit in edit_log().edits()} == {Status.REVERTED}
    post(client, f"{draft}/again", year="2023")
    assert "in the served file already" not in settled(client, draft)


def test_two_plans_published_at_once_are_both_there(client: FlaskClient, served: Path) -> None:
    drafts = [upload(client), upload(client, PLAN.replace("无锡", "苏州"), "suzhou.txt")]
    for draft in drafts:
        settled(client, draft)
    for draft in drafts:
        post(client, f"{draft}/publish")
    for draft in drafts:
        settled(client, draft)
    ids = set(read_geopackage(served).documents["document_id"])
    assert ids == {"plan", "wuxi2022", "suzhou"}


def test_another_process_of_the_server_reads_a_draft_as_it_now_is(
    client: FlaskClient, served: Path
) -> None:
    beside = signed_in(create_app({"WORKS_FILE": served, "EDIT_TOKEN": TOKEN}))
    draft = upload(client)
    assert "无锡 · 2022" in settled(client, draft)
    assert "无锡 · 2022" in settled(beside, draft)
    correct(client, work_page(settled(client, draft), BRIDGE), stage="complete")
    assert "1 corrected" in settled(beside, draft)
    post(client, f"{draft}/again", year="2024")
    assert "无锡 · 2024" in settled(client, draft)
    assert "无锡 · 2024" in settled(beside, draft)


def test_drafts_of_another_served_file_are_not_seen(client: FlaskClient, served: Path) -> None:
    draft = upload(client)
    settled(client, draft)
    other = Path(shutil.copy(served, served.with_name("other.gpkg")))
    beside = signed_in(create_app({"WORKS_FILE": other, "EDIT_TOKEN": TOKEN}))
    assert draft not in beside.get("/adding/").text
    assert beside.get(draft).status_code == 404
