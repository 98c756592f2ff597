"""One question to an Overpass server: what comes back is judged, bounded and never trusted."""

import gzip
from pathlib import Path

import osmium
import overpass_server as fake
import pytest
from hypothesis import given
from hypothesis import strategies as st
from overpass_server import HEAD, Reply, by_turns, osm, overpass, packed, refusal

from geo.gazetteer.overpass.answers import Answer, AnswerReader, Verdict
from geo.gazetteer.overpass.asker import LONGEST_WAIT_S, TRIES, Asker
from geo.gazetteer.overpass.asking import ask
from geo.gazetteer.overpass.server import (
    Server,
    server_from,
)

NODE = '<node id="1" lat="31.5" lon="119.5"><tag k="name" v="青川站"/></node>'
DATE = "2026-03-04T05:06:07Z"


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "answer.osm.gz"


def asked(reply: Reply, target: Path, *, timeout_s: float = 20, max_bytes: int = 10**6) -> Answer:
    with overpass(by_turns(reply)) as server:
        return ask(Server(server.url, timeout_s), "node(1);out;", target, max_bytes)


@pytest.mark.parametrize("reply", [osm(NODE), packed(osm(NODE))])
def test_a_whole_answer_is_kept_with_the_date_of_its_data(reply: Reply, target: Path) -> None:
    assert asked(reply, target) == Answer(Verdict.WHOLE, DATE)
    assert gzip.decompress(target.read_bytes()) == osm(NODE).body
    assert [element.id for element in osmium.FileProcessor(target)] == [1]


def test_a_question_states_its_limits_and_names_the_program_and_its_contact(target: Path) -> None:
    settings = {"PLANNED_WORKS_OVERPASS_CONTACT": "planning@city.example"}
    with overpass(by_turns(osm(NODE))) as server:
        settings["PLANNED_WORKS_OVERPASS_URL"] = server.url
        settings["PLANNED_WORKS_OVERPASS_TIMEOUT"] = "77"
        ask(server_from(settings), "node(1);out;", target)
    (question,) = server.questions
    assert question.query.startswith("[out:xml][timeout:77][maxsize:")
    assert question.query.endswith("]node(1);out;")
    agent = question.headers["User-Agent"]
    assert agent.startswith("planned-works/")
    assert agent.endswith(" (planning@city.example)")


NO_ROOM = "<remark>runtime error: Query ran out of memory using about 2048 MB of RAM.</remark>"
NO_SLOT = (
    "<remark>runtime error: open64: 0 Success Dispatcher_Client::request_read_and_idx::timeout. "
    "The server is probably too busy to handle your request.</remark>"
)


@pytest.mark.parametrize(
    ("remark", "verdict"),
    [
        (fake.TIMED_OUT, Verdict.TOO_MUCH),
        (NO_ROOM, Verdict.TOO_MUCH),
        (NO_SLOT, Verdict.BUSY),
        ("<remark>runtime error: rate_limited</remark>", Verdict.BUSY),
        ("<remark>runtime error: something new</remark>", Verdict.BROKEN),
        ("<remark/>", Verdict.BROKEN),
    ],
)
def test_an_answer_with_a_remark_is_not_whole(remark: str, verdict: Verdict, target: Path) -> None:
    assert asked(osm(NODE, remark), target).verdict is verdict


@pytest.mark.parametrize(
    ("body", "verdict"),
    [
        (b"", Verdict.BROKEN),
        ((HEAD + NODE).encode(), Verdict.BROKEN),
        ((HEAD + NODE[:-9]).encode(), Verdict.BROKEN),
        ((HEAD + NODE + "</osm><osm>").encode(), Verdict.BROKEN),
        ((HEAD + "<node id=1></osm>").encode(), Verdict.BROKEN),
        (b"\x00\x01\x02\x03", Verdict.WRONG),
        (b'{"version": 0.6, "elements": []}', Verdict.WRONG),
        (fake.BUSY_PAGE.encode(), Verdict.WRONG),
        (b"<!DOCTYPE html><html><body><br>Welcome</body></html>", Verdict.WRONG),
        (b"<kml></kml>", Verdict.WRONG),
        (b'<osm version="0.6"></osm>', Verdict.WRONG),
        (b'<osm version="0.6"><meta osm_base="yesterday"/></osm>', Verdict.WRONG),
    ],
)
def test_what_is_no_whole_answer_is_recognised(body: bytes, verdict: Verdict, target: Path) -> None:
    assert asked(Reply(body), target).verdict is verdict


def test_an_answer_whose_connection_breaks_off_is_broken(target: Path) -> None:
    whole = osm(NODE)
    for reply in (whole, packed(whole)):
        short = Reply(reply.body[:-20], headers=reply.headers, stated_length=len(reply.body))
        assert asked(short, target).verdict is Verdict.BROKEN


def test_an_answer_that_is_not_packed_as_it_says_is_broken(target: Path) -> None:
    lie = Reply(osm(NODE).body, headers=(("Content-Encoding", "gzip"),))
    assert asked(lie, target).verdict is Verdict.BROKEN


def test_entities_are_never_unfolded(target: Path) -> None:
    entities = "".join(
        f'<!ENTITY e{n} "{f"&e{n - 1};" * 50 if n else "x" * 50}">' for n in range(9)
    )
    bomb = f'<?xml version="1.0"?><!DOCTYPE osm [{entities}]>' + HEAD.partition("\n")[2]
    reply = Reply(f'{bomb}<node id="1" lat="1" lon="1"><tag k="a" v="&e8;"/></node></osm>'.encode())
    with overpass(by_turns(reply)) as server:
        asker = Asker(Server(server.url), sleep=lambda _: None)
        assert asker.ask("out;", target).verdict is Verdict.BROKEN


@pytest.mark.parametrize("pack", [lambda reply: reply, packed])
def test_a_huge_answer_is_left_before_its_end(pack: object, target: Path) -> None:
    huge = osm(*(NODE for _ in range(100_000)))
    assert callable(pack)
    answer = asked(pack(huge), target, max_bytes=300_000)
    assert answer.verdict is Verdict.TOO_MUCH
    assert target.stat().st_size < 300_000


def test_an_answer_is_unpacked_a_block_at_a_time(
    monkeypatch: pytest.MonkeyPatch, target: Path
) -> None:
    sizes: list[int] = []
    monkeypatch.setattr(AnswerReader, "feed", lambda _, data: sizes.append(len(data)) or True)
    asked(packed(osm(" " * 3_000_000)), target, max_bytes=10**7)
    assert sum(sizes) > 3_000_000
    assert max(sizes) <= 64 * 1024


def test_a_server_that_keeps_silent_is_not_waited_for_long(
    monkeypatch: pytest.MonkeyPatch, target: Path
) -> None:
    monkeypatch.setattr("geo.gazetteer.overpass.asking._GRACE_S", 0.0)
    slow = Reply(osm(NODE).body, drip_s=1.0)
    assert asked(slow, target, timeout_s=0.2).verdict is Verdict.TOO_MUCH


def test_an_answer_that_only_drips_is_not_waited_for_long(
    monkeypatch: pytest.MonkeyPatch, target: Path
) -> None:
    monkeypatch.setattr("geo.gazetteer.overpass.asking._TRAVEL_FACTOR", 0.01)
    slow = Reply(osm(NODE).body, drip_s=0.1)
    answer = asked(slow, target, timeout_s=20)
    assert answer == Answer(Verdict.TOO_MUCH, "the answer comes too slowly")


@pytest.mark.parametrize(
    ("status", "verdict"),
    [
        (429, Verdict.BUSY),
        (502, Verdict.BUSY),
        (503, Verdict.BUSY),
        (504, Verdict.OVERDUE),
    ],
)
def test_a_busy_server_says_how_long_to_wait(status: int, verdict: Verdict, target: Path) -> None:
    answer = asked(refusal(status, ("Retry-After", "21")), target)
    assert (answer.verdict, answer.wait_s) == (verdict, 21.0)
    assert "too busy" in answer.words


@pytest.mark.parametrize("status", [301, 400, 403, 404, 406, 500])
def test_a_refused_question_is_no_answer(status: int, target: Path) -> None:
    page = "<h1>Error</h1><strong>line 1: parse error: Unknown type</strong>"
    answer = asked(refusal(status, ("Location", "http://127.0.0.1:9/"), page=page), target)
    assert answer.verdict is Verdict.WRONG
    assert answer.words.startswith(f"{status}: Error line 1: parse error")


def test_nobody_at_the_address_is_no_answer(target: Path) -> None:
    with overpass(by_turns(osm())) as server:
        pass
    assert ask(Server(server.url), "out;", target).verdict is Verdict.WRONG


def test_a_disk_that_cannot_be_written_is_not_blamed_on_the_server(tmp_path: Path) -> None:
    with overpass(by_turns(osm(NODE))) as server, pytest.raises(IsADirectoryError):
        ask(Server(server.url), "out;", tmp_path)


@given(st.binary(max_size=300), st.integers(1, 40))
def test_no_bytes_pass_for_a_whole_answer_and_none_break_the_reader(data: bytes, step: int) -> None:
    for body in (data, HEAD.encode() + data):
        reader = AnswerReader()
        for start in range(0, len(body), step):
            if not reader.feed(body[start : start + step]):
                break
        assert reader.finish().verdict is not Verdict.WHOLE


@given(st.integers(1, len(osm(NODE).body) - 2))
def test_an_answer_cut_off_anywhere_is_not_whole(length: int) -> None:
    reader = AnswerReader()
    reader.feed(osm(NODE).body[:length])
    assert reader.finish().verdict is not Verdict.WHOLE


def asked_often(*replies: Reply, target: Path) -> tuple[Answer, list[float], int]:
    waits: list[float] = []
    with overpass(by_turns(*replies)) as server:
        asker = Asker(Server(server.url, pause_s=2.0), sleep=waits.append)
        answer = asker.ask("out;", target)
    return answer, waits, len(server.questions)


def test_a_busy_server_is_asked_again_when_it_said(target: Path) -> None:
    busy = refusal(429, ("Retry-After", "33"))
    answer, waits, asked_times = asked_often(busy, osm(NODE), target=target)
    assert (answer.verdict, waits, asked_times) == (Verdict.WHOLE, [33.0], 2)


@pytest.mark.parametrize("reply", [refusal(429), Reply(HEAD.encode()), Reply(b"")])
def test_without_its_word_the_waits_grow_and_end(reply: Reply, target: Path) -> None:
    answer, waits, asked_times = asked_often(reply, target=target)
    assert answer.verdict in {Verdict.BUSY, Verdict.BROKEN}
    assert waits == [15.0, 30.0, 60.0]
    assert asked_times == TRIES


def test_a_server_that_runs_out_of_time_is_asked_once_more(target: Path) -> None:
    answer, waits, asked_times = asked_often(refusal(504), target=target)
    assert (answer.verdict, waits, asked_times) == (Verdict.OVERDUE, [15.0], 2)
    answer, waits, asked_times = asked_often(refusal(504), osm(NODE), target=target)
    assert (answer.verdict, waits, asked_times) == (Verdict.WHOLE, [15.0], 2)


def test_the_user_is_told_what_is_waited_for(target: Path) -> None:
    told: list[str] = []
    with overpass(by_turns(refusal(429, ("Retry-After", "33")), osm(NODE))) as server:
        asker = Asker(Server(server.url, pause_s=0), sleep=lambda _: None, tell=told.append)
        asker.ask("out;", target)
    assert told == ["the server is busy; asking again in 33 s"]


def test_a_server_that_wants_to_be_left_alone_is_left_alone(target: Path) -> None:
    late = refusal(429, ("Retry-After", f"{LONGEST_WAIT_S:.0f}"))
    later = refusal(429, ("Retry-After", f"{LONGEST_WAIT_S + 1:.0f}"))
    assert asked_often(later, osm(NODE), target=target)[1:] == ([], 1)
    assert asked_often(late, osm(NODE), target=target)[1:] == ([LONGEST_WAIT_S], 2)


@pytest.mark.parametrize("element", ['<node id="x" lat="1" lon="1"/>', '<node id="1" lat="310"/>'])
def test_well_formed_nonsense_is_broken(element: str, target: Path) -> None:
    answer, _, asked_times = asked_often(osm(element), target=target)
    assert answer.verdict is Verdict.BROKEN
    assert asked_times == TRIES
