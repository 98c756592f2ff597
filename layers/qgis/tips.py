"""What QGIS shows of a feature under the pointer: name, stage, precision and the sentence."""

from collections.abc import Iterable

from layers.qgis.expressions import UNVERIFIED, case, escaped, text
from layers.titles import PRECISIONS, STAGES, Title


def map_tip() -> str:
    """Give the tip as HTML with expressions; values of features are escaped, being anyone's."""
    metres = (
        "CASE WHEN uncertainty_m > 0 THEN '(±' || "
        "CASE WHEN uncertainty_m < 1000 THEN round(uncertainty_m) || ' 米' "
        "ELSE round(uncertainty_m / 1000, 1) || ' 公里' END || ')' ELSE '' END"
    )
    doubt = f"CASE WHEN {UNVERIFIED} THEN ' · 未核实' ELSE '' END"
    place = f"{_words('precision', PRECISIONS.items())} || {metres} || {doubt}"
    return (
        '<div style="width:340px;font-size:12px;line-height:150%">'
        f'<b style="font-size:14px">{_value(escaped(_column("name")))}</b><br>'
        f"{_value(_words('stage', STAGES.items()))} · {_value(place)}<br>"
        f'<span style="color:#5d584f">{_value(escaped(_column("sentence")))}</span></div>'
    )


def _value(expression: str) -> str:
    return f"[% {expression} %]"


def _column(name: str) -> str:
    return f'"{name}"'


def _words(name: str, titles: Iterable[tuple[str, Title]]) -> str:
    """Give the words of a code; a code that is not known is shown as it is, escaped."""
    words = {str(code): text(title.hans) for code, title in titles}
    return case(_column(name), words, escaped(_column(name)))
