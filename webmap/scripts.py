"""In which script a plan's words are shown: as printed, unless a reader asks for the other one."""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from flask import request

from geo.script import all_to_simplified, all_to_traditional, is_traditional
from webmap.cards import DocumentCard, WorkCard
from webmap.marked_text import around, sentence_segments
from webmap.marking import Segment

PARAMETER: Final = "script"
_LONG: Final = 2_000
"""Characters of a text whose conversion is kept: a whole plan, no name or sentence."""


class Script(StrEnum):
    """A script that a reader can ask for."""

    HANS = "hans"
    HANT = "hant"

    @property
    def tag(self) -> str:
        """The language tag of texts in this script."""
        return f"zh-{self.value.capitalize()}"


@dataclass(frozen=True, slots=True)
class Writing:
    """How texts of one plan are shown; `changes` is false where they stay as they are printed.

    Conversion keeps every character's place, so that offsets count in the shown text as well.
    """

    script: Script | None
    changes: bool

    @property
    def tag(self) -> str:
        """The language tag of what is shown."""
        return self.script.tag if self.script else "zh"

    def of(self, text: str) -> str:
        """Give a text as it is shown."""
        if not (self.changes and self.script):
            return text
        convert = _kept if len(text) >= _LONG else _converted
        return convert(text, self.script)


def asked_script() -> Script | None:
    """Give the script that the present address asks for; None shows texts as they are printed."""
    asked = request.args.get(PARAMETER)
    return Script(asked) if asked in set(Script) else None


def writing_of(text: str, script: Script | None) -> Writing:
    """Tell how a plan's words are shown: one that is traditional already is not made so again."""
    return Writing(script, bool(script) and not (script is Script.HANT and _is_traditional(text)))


def writing_of_sentence(work: WorkCard) -> Writing:
    """Tell how a work's sentence is shown at the present address."""
    return writing_of(work.sentence, asked_script())


def shown_sentence(work: WorkCard) -> list[Segment]:
    """Cut a work's sentence at its words and verbs, in the script that the address asks for."""
    shown = writing_of_sentence(work).of(work.sentence)
    return [
        Segment(one.start, shown[one.start : one.start + len(one.text)], one.marks)
        for one in sentence_segments(work)
    ]


def shown_around(document: DocumentCard, work: WorkCard) -> tuple[str, str]:
    """Give a paragraph before and after a sentence, in the script that the address asks for."""
    before, after = around(document, work)
    writing = writing_of_sentence(work)
    return writing.of(before), writing.of(after)


@lru_cache(maxsize=8)
def _is_traditional(text: str) -> bool:
    return is_traditional(text)


@lru_cache(maxsize=8)
def _kept(text: str, script: Script) -> str:
    return _converted(text, script)


def _converted(text: str, script: Script) -> str:
    """Convert line by line: a line whose length would change is converted by itself."""
    convert = all_to_simplified if script is Script.HANS else all_to_traditional
    return "\n".join(convert(text.split("\n")))
