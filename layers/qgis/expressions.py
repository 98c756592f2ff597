"""QGIS expressions over the columns of a feature, in which a missing value never goes astray."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from geo.model import Confidence, Precision
from layers.drawing import DRAWINGS, WIDE_M, Drawing

NEW_PRECISION: Final = Precision.APPROXIMATE
"""What a person's new feature is taken for as long as it does not say how exact it is."""

UNVERIFIED: Final = (
    f"(NOT coalesce(verified, false) OR coalesce(confidence = '{Confidence.LOW}', false))"
)
"""No source confirms the place, or a site is only a candidate for its counted work."""

LARGE_MAP: Final = "@map_scale <= 200000"
"""There is room for what would hide other works on a map of the whole city."""

WIDE: Final = f"coalesce(uncertainty_m > {WIDE_M:g}, false)"


def text(value: str) -> str:
    """Write a text as an expression, whatever it holds."""
    return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'"


def case(subject: str, values: Mapping[str, str], otherwise: str = "NULL") -> str:
    """Write the expression that gives each code of the subject its value, in few words."""
    codes: dict[str, list[str]] = {}
    for code, value in values.items():
        if value != otherwise:
            codes.setdefault(value, []).append(code)
    cases = " ".join(f"WHEN {one_of(subject, of)} THEN {value}" for value, of in codes.items())
    return f"CASE {cases} ELSE {otherwise} END" if cases else otherwise


def one_of(subject: str, codes: Iterable[str]) -> str:
    """Write the condition that the subject is one of the codes; unknown where it is missing."""
    listed = [text(code) for code in codes]
    return f"{subject}={listed[0]}" if len(listed) == 1 else f"{subject} IN ({','.join(listed)})"


def by_precision(value: Callable[[Drawing], str]) -> str:
    """Write the expression that gives each precision a value of its drawing."""
    values = {str(code): value(one) for code, one in DRAWINGS.items()}
    return case("precision", values, value(DRAWINGS[NEW_PRECISION]))


def drawn(shown: Callable[[Drawing], bool]) -> str:
    """Write the condition that the drawing of a feature's precision is of a kind."""
    return is_precision(*(code for code, one in DRAWINGS.items() if shown(one)))


def is_precision(*codes: Precision) -> str:
    """Write the condition that a feature is of one of these precisions."""
    missing = "true" if NEW_PRECISION in codes else "false"
    return f"coalesce({one_of('precision', codes)},{missing})"


def escaped(expression: str) -> str:
    """Write a value so that it can stand in HTML as what it is: text."""
    result = f"coalesce({expression}, '')"
    for character, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        result = f"replace({result}, {text(character)}, {text(entity)})"
    return result
