"""Code points that look like usual Chinese characters and stand for them, made usual again.

Compatibility ideographs and radicals come from PDF files above all, whose fonts share one glyph
among several code points. Length never changes.
"""

import re
import unicodedata

LOOKALIKE = "\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f"  # inside a regular expression's [ ]

_RUN = re.compile(f"[{LOOKALIKE}]+")
# Radicals that are whole characters in simplified script, which Unicode itself does not lead back.
_RADICALS = str.maketrans(
    "⺝⺠⺩⺫⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰",
    "月民王目虎西见角贝车長长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙",
)


def unify(text: str) -> str:
    """Give the text with its look-alikes replaced, character for character."""
    return _RUN.sub(_unified, text)


def _unified(found: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", found[0].translate(_RADICALS))
