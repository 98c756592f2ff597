"""What an Overpass server says beside its data: when to ask again, and why it gave none."""

from datetime import UTC, datetime
from email.message import Message

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.gazetteer.overpass.answers import plain
from geo.gazetteer.overpass.asking import retry_after_s

NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("Wed, 04 Mar 2026 05:07:07 GMT", 60.0),
        ("Wed, 04 Mar 2026 05:07:07", 60.0),
        ("Wed, 04 Mar 2026 05:00:00 GMT", 0.0),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("１２", None),
    ],
)
def test_retry_after_is_a_number_or_a_date(text: str, seconds: float | None) -> None:
    headers = Message()
    headers["Retry-After"] = text
    assert retry_after_s(headers, NOW) == seconds


@given(st.text(max_size=40).filter(lambda text: "\n" not in text and "\r" not in text))
def test_no_retry_after_breaks_anything(text: str) -> None:
    headers = Message()
    headers["Retry-After"] = text
    seconds = retry_after_s(headers, NOW)
    assert seconds is None or seconds >= 0


@given(st.text())
def test_a_servers_words_become_one_short_line(text: str) -> None:
    words = plain(text)
    assert len(words) <= 200
    assert words.isprintable()


def test_markup_in_a_servers_words_is_dropped() -> None:
    page = "<html><style>p{}</style><p>Too&#8203; busy\x1b[31m</p><script>x()</script></html>"
    assert plain(page) == "Too&#8203; busy [31m"
