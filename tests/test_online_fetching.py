"""A service may be slow, busy, broken or hostile: requests are bounded, failures are known."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.utils import formatdate

import pytest
from hypothesis import given
from hypothesis import strategies as st
from online_server import Reply, Served, serving

from geo.errors import OnlineError
from geo.online.fetching import Fetcher, _wait_s
from geo.online.pace import Pace

FETCHER = Fetcher(timeout_s=5, user_agent="planned-works/test")
HASTY = Fetcher(timeout_s=0.3, user_agent="planned-works/test")


@pytest.fixture(autouse=True)
def straight(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")


def failure(server: Served, reply: Reply, fetcher: Fetcher = FETCHER) -> OnlineError:
    server.will(reply)
    with pytest.raises(OnlineError) as caught:
        fetcher.get(f"{server.url}/?key=secret")
    assert "secret" not in str(caught.value)
    return caught.value


def test_a_successful_answer_is_its_body(server: Served) -> None:
    assert FETCHER.get(server.will({"a": 1}).url) == b'{"a": 1}'
    assert server.agents == [FETCHER.user_agent]


@pytest.mark.parametrize(
    ("status", "again", "refused"),
    [
        (400, False, False),
        (401, False, True),
        (403, False, True),
        (404, False, False),
        (408, True, False),
        (429, True, False),
        (500, True, False),
        (503, True, False),
    ],
)
def test_a_status_says_whether_to_ask_again(
    status: int, again: bool, refused: bool, server: Served
) -> None:
    error = failure(server, Reply(status=status))
    assert str(error) == f"HTTP status {status}"
    assert (error.again, error.refused) == (again, refused)


def test_a_busy_service_may_say_how_long_to_wait(server: Served) -> None:
    assert failure(server, Reply(status=429, headers={"Retry-After": "7"})).wait_s == 7


def test_a_redirect_is_not_followed_because_the_address_holds_a_key(server: Served) -> None:
    with serving({"a": 1}) as other:
        headers = {"Location": f"{other.url}/?key=secret"}
        assert str(failure(server, Reply(status=302, headers=headers))) == "HTTP status 302"
        assert other.paths == []


def test_a_slow_service_is_a_time_out(server: Served) -> None:
    error = failure(server, Reply(wait_s=1), HASTY)
    assert (str(error), error.again) == ("time-out", True)


def test_a_service_that_sends_byte_by_byte_is_a_time_out(server: Served) -> None:
    error = failure(server, Reply(b"x" * 200, drip=True), HASTY)
    assert (str(error), error.again) == ("time-out", True)


def test_a_huge_answer_is_not_read_to_its_end(server: Served) -> None:
    assert str(failure(server, Reply(b"x" * 5_000_000))) == "an answer of more than 2 MB"


def test_a_server_that_is_not_there_is_no_connection() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(OnlineError, match="no connection") as caught:
        FETCHER.get(f"http://127.0.0.1:{port}/")
    assert caught.value.again


@contextmanager
def speaking(*pieces: bytes) -> Iterator[str]:
    """Run a server that answers one request with these pieces, slowly, and give its address."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def speak() -> None:
            client, _ = listening.accept()
            with client, suppress(OSError):
                client.recv(1000)
                for piece in pieces:
                    client.sendall(piece)
                    time.sleep(0.05)

        thread = threading.Thread(target=speak)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
        thread.join()


def test_a_server_that_speaks_no_http_is_a_broken_connection() -> None:
    with speaking(b"SSH-2.0-Something\r\n\r\n") as url, pytest.raises(OnlineError) as caught:
        FETCHER.get(url)
    assert str(caught.value) == "broken connection"


def test_headers_that_come_byte_by_byte_are_a_time_out() -> None:
    pieces = [b"HTTP/1.1 200 OK\r\nX: ", *[b"x"] * 40]
    with speaking(*pieces) as url, pytest.raises(OnlineError) as caught:
        HASTY.get(url)
    assert (str(caught.value), caught.value.again) == ("time-out", True)


@given(st.text(max_size=40))
def test_any_text_for_the_wait_is_seconds_within_a_minute(text: str) -> None:
    assert 0 <= _wait_s(text) <= 60


def test_a_date_to_wait_for_is_seconds_from_now() -> None:
    assert 20 < _wait_s(formatdate(time.time() + 30, usegmt=True)) <= 30
    assert _wait_s(formatdate(time.time() - 30, usegmt=True)) == 0
    assert _wait_s("999999999") == 60


class Clock:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    def pace(self, interval_s: float) -> Pace:
        return Pace(interval_s, clock=lambda: self.now, sleep=self.sleep)


class Action:
    """Fails as it is told, then gives what it was called for."""

    def __init__(self, *errors: OnlineError) -> None:
        self.errors = list(errors)
        self.calls = 0

    def __call__(self) -> str:
        self.calls += 1
        if self.errors:
            raise self.errors.pop(0)
        return "done"


def busy(wait_s: float = 0) -> OnlineError:
    return OnlineError("busy", again=True, wait_s=wait_s)


def test_calls_keep_the_interval_of_the_service() -> None:
    clock = Clock()
    pace = clock.pace(1.5)
    for _ in range(3):
        pace.call(Action())
    assert clock.slept == [1.5, 1.5]


def test_time_that_passed_meanwhile_counts() -> None:
    clock = Clock()
    pace = clock.pace(1.5)
    pace.call(Action())
    clock.now += 1
    pace.call(Action())
    assert clock.slept == [0.5]


def test_a_busy_service_is_asked_again_after_longer_and_longer_waits() -> None:
    clock, action = Clock(), Action(busy(), busy(), busy())
    assert clock.pace(0).call(action) == "done"
    assert clock.slept == [1, 2, 4]


def test_a_service_that_stays_busy_is_left_after_four_tries() -> None:
    action = Action(*[busy()] * 9)
    with pytest.raises(OnlineError, match="busy"):
        Clock().pace(0).call(action)
    assert action.calls == 4


def test_the_wait_that_a_service_asks_for_is_kept_within_a_minute() -> None:
    clock = Clock()
    clock.pace(0).call(Action(busy(30), busy(9999)))
    assert clock.slept == [30, 60]


def test_what_will_not_get_better_is_not_tried_again() -> None:
    action = Action(OnlineError("no such key", refused=True))
    with pytest.raises(OnlineError, match="no such key"):
        Clock().pace(0).call(action)
    assert action.calls == 1
