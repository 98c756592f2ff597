"""Judges an answer while it streams in: whole, partial, cut off, or no OpenStreetMap data."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from lxml import etree

_TOO_MUCH = re.compile(r"timed out|out of memory|too (?:many|much|large|big)", re.IGNORECASE)
_BUSY = re.compile(r"too busy|rate.?limit", re.IGNORECASE)
_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_MAX_WORDS = 200
_MAX_PAGE = 20_000
_UNSEEN = re.compile(r"<(style|head|script)\b.*?</\1>?", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>?")


class Verdict(StrEnum):
    """What became of a question."""

    WHOLE = "whole"
    TOO_MUCH = "too much for one question"
    BUSY = "the server is busy"
    OVERDUE = "the server did not answer in time"
    BROKEN = "the answer is damaged"
    WRONG = "no answer of an Overpass server"


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a question, in the server's words; `wait_s` where it says how long to wait."""

    verdict: Verdict
    words: str = ""
    wait_s: float | None = None


@dataclass(slots=True)
class _Seen:
    """What the parser saw of an answer; elements themselves are not kept."""

    root: str = ""
    osm_base: str = ""
    is_partial: bool = False
    in_remark: bool = False
    remark: list[str] = field(default_factory=list)

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.root = self.root or tag
        self.in_remark = tag == "remark"
        self.is_partial = self.is_partial or self.in_remark
        if tag == "meta":
            self.osm_base = attributes.get("osm_base", "")

    def end(self, _: str) -> None:
        self.in_remark = False

    def data(self, text: str) -> None:
        if self.in_remark and len(self.remark) < _MAX_WORDS:
            self.remark.append(text)

    def close(self) -> None:
        """End without a result: what was seen stays."""


class AnswerReader:
    """Takes an answer's bytes as they come and says in the end what it is; memory stays flat."""

    def __init__(self) -> None:
        self._seen = _Seen()
        self._parser = etree.XMLParser(
            target=self._seen,  # type: ignore[arg-type]  # the stubs ask for bytes as well
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
        )
        self._error = ""
        self._is_empty = True

    def feed(self, data: bytes) -> bool:
        """Take the next bytes; whether more are worth reading."""
        self._is_empty = self._is_empty and not data
        try:
            self._parser.feed(data)
        except etree.XMLSyntaxError as error:
            self._error = str(error)
        return not self._error and self._seen.root in {"", "osm"}

    def finish(self) -> Answer:
        """Judge the answer after its last byte."""
        if not self._error:
            self._close()
        seen = self._seen
        if seen.is_partial:
            return _by_remark(plain("".join(seen.remark)))
        if seen.root not in {"", "osm"}:
            return Answer(Verdict.WRONG, f"a document of <{plain(seen.root)}>")
        if self._error:
            is_ours = seen.root or self._is_empty
            return Answer(Verdict.BROKEN if is_ours else Verdict.WRONG, plain(self._error))
        if not _DATE.fullmatch(seen.osm_base):
            return Answer(
                Verdict.WRONG, "OpenStreetMap data without the date of an Overpass server"
            )
        return Answer(Verdict.WHOLE, seen.osm_base)

    def _close(self) -> None:
        try:
            self._parser.close()
        except etree.XMLSyntaxError as error:
            self._error = str(error)


def _by_remark(words: str) -> Answer:
    """Judge an answer that the server itself says is not whole."""
    if _BUSY.search(words):
        return Answer(Verdict.BUSY, words)
    return Answer(Verdict.TOO_MUCH if _TOO_MUCH.search(words) else Verdict.BROKEN, words)


def plain(text: str) -> str:
    """Bring a server's words to one short line without markup and control characters."""
    words = _TAG.sub(" ", _UNSEEN.sub(" ", text[:_MAX_PAGE]))
    printable = "".join(letter if letter.isprintable() else " " for letter in words)
    return " ".join(printable.split())[:_MAX_WORDS]
