"""A brief as a PDF: set by Typst from the same words and map as the page, in a font of our own.

What comes from a document travels as data, never as markup, so that nothing in it can be a command.
The font (Noto Sans SC, SIL Open Font License 1.1) holds both scripts; what is used of it is
embedded, so that every viewer shows the same and text can be searched and copied.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Final, cast

import typst

from layers.titles import STAGE_COLOURS
from webmap.assets import STATIC
from webmap.brief.sheet import Sheet

MOST_WORKS: Final = 1_000
"""More works than this are no brief."""

_TEMPLATE: Final = Path(__file__).parent.parent / "templates" / "brief.typ"
_FONTS: Final = STATIC / "vendor" / "noto-sans-sc"
_SCRIPTS: Final = {"zh-Hans": ("zh", "cn"), "zh-Hant": ("zh", "tw"), "en": ("en", "gb")}


@dataclass(frozen=True, slots=True)
class Drawings:
    """What a brief shows as SVG: its map, and the sign of each precision by its code."""

    picture: str
    signs: Mapping[str, str]


def brief_pdf(sheet: Sheet, drawings: Drawings, labels: Mapping[str, str], language: str) -> bytes:
    """Set a brief on A4 pages; `labels` are the words of its headings."""
    script, region = _SCRIPTS[language]
    words = {
        **asdict(sheet),
        **asdict(drawings),
        "labels": labels,
        "colours": STAGE_COLOURS,
        "lang": script,
        "region": region,
    }
    compiler = typst.Compiler(
        _TEMPLATE.read_bytes(),
        root=_TEMPLATE.parent,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"words": json.dumps(words, ensure_ascii=False)},
    )
    return cast("bytes", compiler.compile(format="pdf"))


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(_FONTS)]
    )
