"""A city is asked for in pieces: kept, gone on with, and brought together."""

import gzip
import os
from pathlib import Path

import osmium
import pytest
from overpass_server import (
    CITY,
    HEAD,
    PARKS,
    ROADS,
    TIMED_OUT,
    Overpass,
    Question,
    Reply,
    Script,
    Way,
    by_turns,
    osm,
    overpass,
    refusal,
    world,
)

from geo.errors import GazetteerError, OverpassError
from geo.gazetteer.overpass.asker import OVERDUE_TRIES, Asker
from geo.gazetteer.overpass.gathering import Gatherer
from geo.gazetteer.overpass.keeping import Keep, default_keep, osm_base, workshop
from geo.gazetteer.overpass.merging import merge
from geo.gazetteer.overpass.pieces import MAX_DEPTH, Piece, cut
from geo.gazetteer.overpass.server import Server
from geo.home import HOME_VARIABLE

ROAD = Way(
    7, {"highway": "primary", "name": "青川路"}, ((119.1, 31.2), (119.5, 31.2), (119.9, 31.3))
)
LANE = Way(8, {"highway": "service", "name": "小巷"}, ((119.1, 31.2), (119.2, 31.2)))
PARK = Way(
    9, {"leisure": "park", "name": "东湖公园"}, ((119.1, 31.1), (119.2, 31.1), (119.2, 31.2))
)
EVERYTHING = world(ROAD, LANE, PARK)


@pytest.fixture
def keep(tmp_path: Path) -> Keep:
    return Keep(tmp_path / "cache" / "overpass")


def gathered(
    server: Overpass, keep: Keep, pieces: tuple[Piece, ...], max_bytes: int = 10**6
) -> tuple[list[Path], list[float]]:
    """Gather pieces; give the files and the shares that were told to be done."""
    shares: list[float] = []
    asker = Asker(Server(server.url, 20, 0), sleep=lambda _: None, max_bytes=max_bytes)
    with workshop(keep) as unfinished:
        files = Gatherer(asker, keep, unfinished).gather(pieces, shares.append)
    return list(files), shares


def names(files: list[Path], folder: Path) -> list[str]:
    """Merge files and give what stands in them, in order."""
    merge(files, folder / "merged.osm.pbf")
    elements = osmium.FileProcessor(folder / "merged.osm.pbf")
    return [f"{element.type_str()}{element.id}" for element in elements]


def test_an_element_on_two_tiles_counts_once_and_a_line_cut_by_tiles_is_whole(
    keep: Keep, tmp_path: Path
) -> None:
    with overpass(EVERYTHING) as server:
        files, shares = gathered(server, keep, cut(CITY, (ROADS, PARKS)))
    assert shares == [0.25, 0.5, 0.75, 1.0]
    assert server.most_at_once == 1
    assert len(server.questions) == 4
    found = names(files, tmp_path)
    assert found == ["n700", "n701", "n702", "n900", "n901", "n902", "w7", "w9"]


def test_a_later_run_asks_nothing_that_is_kept(keep: Keep) -> None:
    pieces = cut(CITY, (ROADS, PARKS))
    with overpass(EVERYTHING) as server:
        first, _ = gathered(server, keep, pieces)
        again, shares = gathered(server, keep, pieces)
    assert (first, len(server.questions), shares[-1]) == (again, 4, 1.0)


def test_a_run_that_stopped_is_gone_on_with(keep: Keep) -> None:
    pieces = cut(CITY, (ROADS, PARKS))
    good = osm(*ROAD.elements())
    with overpass(by_turns(good, good, refusal(400, page="no"), good)) as server:
        with pytest.raises(OverpassError, match="400: no"):
            gathered(server, keep, pieces)
        assert [keep.holds(piece) for piece in pieces] == [True, True, False, False]
        gathered(server, keep, pieces)
    assert len(server.questions) == 5


def test_a_piece_that_times_out_is_cut_into_four_and_stays_cut(keep: Keep, tmp_path: Path) -> None:
    pieces = cut(CITY, (ROADS,))

    def script(question: Question) -> Reply:
        _, west, _, east = question.bbox
        return osm(TIMED_OUT) if west == 119.0 and east - west > 0.3 else EVERYTHING(question)

    with overpass(script) as server:
        files, shares = gathered(server, keep, pieces)
        assert len(server.questions) == 6
        gathered(server, keep, pieces)
    assert len(server.questions) == 6
    assert shares == [0.125, 0.25, 0.375, 0.5, 1.0]
    assert names(files, tmp_path) == ["n700", "n701", "n702", "w7"]


def test_a_piece_that_a_gateway_gives_up_is_cut_but_not_for_ever(keep: Keep) -> None:
    pieces = cut(CITY, (ROADS,))

    def script(question: Question) -> Reply:
        _, west, _, east = question.bbox
        return refusal(504) if east - west > 0.3 else EVERYTHING(question)

    with overpass(script) as server:
        files, _ = gathered(server, keep, pieces)
    assert len(files) == 4 * len(pieces)
    assert len(server.questions) == len(pieces) * (OVERDUE_TRIES + 4)
    assert not any(map(keep.is_cut, pieces))


def test_a_piece_that_is_too_large_is_cut_into_four(keep: Keep) -> None:
    large = osm(*(element for _ in range(20) for element in ROAD.elements()))

    def script(question: Question) -> Reply:
        _, west, _, east = question.bbox
        return large if east - west > 0.3 else EVERYTHING(question)

    with overpass(script) as server:
        files, _ = gathered(server, keep, cut(CITY, (ROADS,)), max_bytes=len(large.body) - 1)
    assert len(files) == 8


def test_cutting_ends_and_says_what_to_do(keep: Keep) -> None:
    with (
        overpass(by_turns(osm(TIMED_OUT))) as server,
        pytest.raises(OverpassError, match="PLANNED_WORKS_OVERPASS_TIMEOUT"),
    ):
        gathered(server, keep, cut(CITY, (ROADS,)))
    assert len(server.questions) == MAX_DEPTH + 1


BAD: list[tuple[Script, str]] = [
    (by_turns(refusal(429, ("Retry-After", "7200"))), "busy .* again in 120 minutes"),
    (by_turns(refusal(429)), "busy .* again later, it goes on where it stopped"),
    (by_turns(refusal(504)), "did not answer in time .* too busy .* again later"),
    (by_turns(osm("<remark>runtime error: odd</remark>")), "damaged .*odd"),
    (by_turns(Reply(HEAD.encode())), "damaged"),
    (by_turns(osm('<node id="x" lat="1" lon="1"/>')), "damaged .*illegal id"),
    (by_turns(Reply(b"<html><body>Hello</body></html>")), "no answer of an Overpass server"),
]


@pytest.mark.parametrize(("script", "words"), BAD)
def test_no_answer_but_a_whole_one_is_ever_kept(script: Script, words: str, keep: Keep) -> None:
    with overpass(script) as server, pytest.raises(OverpassError, match=words) as caught:
        gathered(server, keep, cut(CITY, (ROADS,)))
    assert "\n" not in str(caught.value)
    assert list(keep.folder.iterdir()) == []


def test_an_interrupted_run_leaves_no_unfinished_file(keep: Keep) -> None:
    def interrupted() -> None:
        with workshop(keep) as unfinished:
            (unfinished / "half.osm.gz").touch()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert list(keep.folder.iterdir()) == []


def test_what_a_killed_run_left_goes_away_in_a_day(keep: Keep) -> None:
    old, young = keep.folder / "unfinished-a", keep.folder / "unfinished-b"
    for folder in (old, young):
        folder.mkdir(parents=True)
        (folder / "half.osm.gz").touch()
    os.utime(old, (0, 0))
    with workshop(keep):
        assert (old.exists(), young.exists()) == (False, True)


def test_what_is_forgotten_is_asked_anew_with_all_its_quarters(keep: Keep) -> None:
    pieces = cut(CITY, (ROADS,))
    other = cut(CITY, (PARKS,))
    with overpass(by_turns(osm(TIMED_OUT), osm())) as server:
        gathered(server, keep, pieces)
        gathered(server, keep, other)
        keep.forget(pieces)
        assert len(list(keep.folder.iterdir())) == len(other)
        asked = len(server.questions)
        gathered(server, keep, pieces)
    assert len(server.questions) == asked + len(pieces)


def test_all_answers_together_are_bounded(keep: Keep, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geo.gazetteer.overpass.gathering._MAX_TOTAL_BYTES", 500)
    with overpass(EVERYTHING) as server, pytest.raises(OverpassError, match="import an extract"):
        gathered(server, keep, cut(CITY, (ROADS, PARKS)))


def test_a_kept_answer_that_was_damaged_since_is_named(keep: Keep, tmp_path: Path) -> None:
    pieces = cut(CITY, (ROADS,))
    with overpass(EVERYTHING) as server:
        files, _ = gathered(server, keep, pieces)
    for damage in (b"", b"no gzip", gzip.compress(b"<osm>"), files[0].read_bytes()[:-30]):
        files[0].write_bytes(damage)
        with pytest.raises(OverpassError, match="--refresh"):
            names(files, tmp_path)


def test_a_kept_answer_tells_the_date_of_its_data(keep: Keep) -> None:
    with overpass(EVERYTHING) as server:
        files, _ = gathered(server, keep, cut(CITY, (ROADS,)))
    assert {osm_base(file) for file in files} == {"2026-03-04T05:06:07Z"}


def test_answers_are_kept_in_the_users_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    assert default_keep().folder == tmp_path / "cache" / "overpass"


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with (
        pytest.raises(GazetteerError, match="PLANNED_WORKS_HOME"),
        workshop(Keep(tmp_path / "file" / "overpass")),
    ):
        pytest.fail("no folder can be made in a file")
