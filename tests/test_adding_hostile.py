"""Uploads are hostile: what cannot be a plan is one sentence, and nothing of it leads anywhere."""

import io
import threading
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hostility import PAYLOADS
from signed_in import TOKEN, post, signed_in
from uploading import BRIDGE, PLAN, settled, upload, work_page

from geo.home import HOME_VARIABLE
from webmap import create_app
from webmap.adding.drafts import MOST_DRAFTS, Drafts, Progress, State, Upload
from webmap.adding.jobs import Jobs


@pytest.fixture(scope="module")
def app(example: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(HOME_VARIABLE, str(tmp_path_factory.mktemp("home")))
        yield create_app({"WORKS_FILE": example, "EDIT_TOKEN": TOKEN})


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    app.extensions["rate_limits"]["sign_in"].burst = 1000
    app.extensions["rate_limits"]["write"].burst = 1000
    return signed_in(app)


@pytest.fixture
def drafts(tmp_path: Path) -> Drafts:
    return Drafts("/srv/works.gpkg", tmp_path / "home" / "drafts.sqlite")


def an_upload(file: str = "plan.txt") -> Upload:
    return Upload(file, PLAN.encode(), "plan", "", None, "李工")


def zip_bomb() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"<w>" + b"0" * 300_000_000)
    return data.getvalue()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("plan.exe", "This kind of file is not read"),
        ("plan.xlsx", "This kind of file is not read"),
        ("plan", "This kind of file is not read"),
        ("plan.txt\0.exe", "This kind of file is not read"),
        ("", "Choose the file of a plan."),
    ],
)
def test_a_file_of_another_kind_is_refused_at_once(
    client: FlaskClient, name: str, words: str
) -> None:
    answer = post(client, "/adding/?lang=en", file=(io.BytesIO(PLAN.encode()), name))
    assert answer.status_code == 400
    assert words in answer.text
    assert answer.text.count('role="alert"') == 1


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (zip_bomb(), "bomb.docx", "holds more than any plan"),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 1000, "image.txt", "cannot be read as a plan"),
        (b"%PDF-1.7 nothing", "broken.pdf", "cannot be read as a plan"),
        (b"PK\x03\x04 nothing", "broken.docx", "cannot be read as a plan"),
        ("无锡市2022年总结\n我们很高兴。".encode(), "empty.txt", "cannot be read as a plan"),
        ("建成一号大桥。\n".encode(), "nowhere.txt", "does not name its city"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(
    client: FlaskClient, content: bytes, name: str, words: str
) -> None:
    page = settled(client, upload(client, content, name))
    assert words in page
    assert page.count('role="alert"') == 1
    for leak in ("Traceback", "/tmp/", str(Path.cwd())):  # noqa: S108
        assert leak not in page


def test_an_upload_is_bounded(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("webmap.views_adding.MAX_BYTES", 1000)
    large = (io.BytesIO(b"0" * 1001), "large.txt")
    answer = post(client, "/adding/?lang=en", file=large)
    assert answer.status_code == 400
    assert "MB" in answer.text
    larger = (io.BytesIO(b"0" * 200_000), "larger.txt")
    answer = post(client, "/adding/?lang=en", file=larger)
    assert answer.status_code == 413
    assert "give a smaller file" in answer.text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"year": "twenty"}, "A year is a number"),
        ({"year": "1"}, "A year is a number"),
        ({"year": "9" * 5000}, "A year is a number"),
        ({"year": "二〇二二"}, "A year is a number"),
        ({"city": "城" * 41}, "40 characters at most"),
    ],
)
def test_a_year_and_a_city_are_plain(
    client: FlaskClient, fields: dict[str, str], words: str
) -> None:
    file = (io.BytesIO(PLAN.encode()), "plan.txt")
    answer = post(client, "/adding/?lang=en", file=file, **fields)
    assert answer.status_code == 400
    assert words in answer.text


@pytest.mark.parametrize(
    "name",
    [
        "../../../etc/passwd.txt",
        "..\\..\\x.txt",
        "<script>alert(1)</script>.txt",
        f"{'长' * 300}.txt",
        "-rf.txt",
        "%2e%2e%2f.txt",
    ],
)
def test_a_hostile_file_name_is_a_plain_one(app: Flask, client: FlaskClient, name: str) -> None:
    address = upload(client, PLAN, name)
    draft = app.extensions["adding"].drafts.draft(address[-16:])
    assert draft.file.endswith(".txt")
    assert len(draft.file) < 80
    assert not set(draft.file) & set("/\\<>%\0")
    assert BRIDGE in settled(client, address)
    post(client, f"{address}/discard")


def test_two_files_of_one_name_are_two_documents(app: Flask, client: FlaskClient) -> None:
    addresses = [upload(client, PLAN, name) for name in ("same.txt", "same.txt", "Same.TXT")]
    drafts = app.extensions["adding"].drafts
    ids = {drafts.draft(one[-16:]).document_id for one in addresses}
    assert len(ids) == 3
    for address in addresses:
        settled(client, address)
        post(client, f"{address}/discard")


def test_markup_in_a_plan_stays_words(client: FlaskClient) -> None:
    hostile = "无锡市2022年重点工作\n" + "".join(f"建成{one}大桥。\n" for one in PAYLOADS)
    page = settled(client, upload(client, hostile, "hostile.txt"))
    address = work_page(settled(client, upload(client, PLAN, "plain.txt")), BRIDGE)
    answer = post(client, address, name=PAYLOADS[0], why=PAYLOADS[1], find=PAYLOADS[2])
    for shown in (page, answer.text, client.get(f"{address}?find={PAYLOADS[3]}").text):
        for payload in (*PAYLOADS[:2], "<svg onload", "</script><script>alert"):
            assert payload not in shown, payload


@pytest.mark.parametrize(
    "draft", ["0" * 16, "x", "..%2f..%2fetc", "' OR 1=1 --", "0123456789ABCDEF", "%00" * 16]
)
def test_the_address_of_no_draft_is_not_found(client: FlaskClient, draft: str) -> None:
    for ending in ("", "/progress", "/works/x", "/base.geojson"):
        assert client.get(f"/adding/{draft}{ending}").status_code == 404


def test_an_unknown_work_of_a_draft_is_not_found(client: FlaskClient) -> None:
    draft = upload(client, PLAN, "known.txt")
    settled(client, draft)
    for work in ("x", "' OR 1=1 --", "..%2f..%2fx"):
        assert client.get(f"{draft}/works/{work}").status_code == 404
    post(client, f"{draft}/discard")


def test_a_text_without_a_city_is_read_again_with_one(client: FlaskClient) -> None:
    draft = upload(client, "建成一号大桥。新建公园5个。\n", "later.txt")
    assert "does not name its city" in settled(client, draft)
    post(client, f"{draft}/again", city="无锡", year="2024")
    assert "无锡 · 2024" in settled(client, draft)


def test_an_error_of_ours_is_told_and_logged(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("webmap.adding.service.read_draft", broken)
    page = settled(client, upload(client, PLAN, "broken.txt"))
    assert "Something went wrong with this plan; the log says what." in page
    assert "secret detail" not in page
    assert "secret detail" in caplog.text


def test_a_server_that_is_busy_says_when_to_come_back(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app.extensions["adding"], "read", lambda _: False)
    file = (io.BytesIO(PLAN.encode()), "busy.txt")
    answer = post(client, "/adding/?lang=en", file=file)
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    drafts = app.extensions["adding"].drafts.all()
    assert next(one for one in drafts if one.file == "busy.txt").state == "failed"


def test_a_draft_whose_job_has_died_can_be_read_again(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(app.extensions["adding"], "read", lambda _: True)
        draft = upload(client, PLAN, "stuck.txt")
    assert "Nothing has been heard" not in client.get(f"{draft}?lang=en").text
    post(client, f"{draft}/again")
    assert 'data-state="working"' in client.get(f"{draft}/progress").text
    now = time.time()
    monkeypatch.setattr("webmap.adding.drafts.time.time", lambda: now + 100)
    assert "Nothing has been heard" in client.get(f"{draft}?lang=en").text
    post(client, f"{draft}/again")
    monkeypatch.undo()
    assert BRIDGE in settled(client, draft)


def test_drafts_are_limited_in_number(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("webmap.views_adding.MOST_DRAFTS", 0)
    answer = post(client, "/adding/?lang=en", file=(io.BytesIO(PLAN.encode()), "one.txt"))
    assert answer.status_code == 400
    assert "publish or discard some" in answer.text
    assert MOST_DRAFTS == 50


def test_a_draft_is_claimed_once(drafts: Drafts) -> None:
    draft_id = drafts.add(an_upload())
    claims = [drafts.claim(draft_id, [State.WAITING], State.READING) for _ in range(3)]
    assert claims == [True, False, False]


def test_what_is_said_of_a_discarded_draft_does_not_bring_it_back(drafts: Drafts) -> None:
    draft_id = drafts.add(an_upload())
    drafts.discard(draft_id)
    drafts.note(draft_id, State.READY, Progress())
    assert drafts.all() == ()


def test_a_damaged_file_of_drafts_is_one_sentence(client: FlaskClient, app: Flask) -> None:
    service = app.extensions["adding"]
    known = service.drafts
    damaged = known.path.with_name("damaged.sqlite")
    damaged.write_bytes(b"no database" * 100)
    service.drafts = Drafts(known.served, damaged)
    try:
        answer = client.get("/adding/")
    finally:
        service.drafts = known
    assert answer.status_code == 400
    assert "damaged" in answer.text


def test_jobs_wait_in_a_short_queue_and_run_one_by_one() -> None:
    jobs, go, running = Jobs(most=2), threading.Event(), []

    def job(name: str) -> None:
        running.append(name)
        go.wait(10)

    assert jobs.submit("a", lambda: job("a"))
    while running != ["a"]:
        time.sleep(0.01)
    assert all(jobs.submit(name, lambda name=name: job(name)) for name in ("b", "c", "b"))
    assert not jobs.submit("d", lambda: job("d"))
    go.set()
    for name in ("a", "b", "c"):
        jobs.wait(name, 10)
    assert running == ["a", "b", "c"]
    assert jobs.submit("a", lambda: job("again"))
    jobs.wait("a", 10)
    assert running[-1] == "again"
