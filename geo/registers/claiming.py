"""How exact a position may be called: never more than its row says, and its numbers show."""

from typing import Final

from geo.model import UNCERTAINTY_LIMITS_M, Precision

# What a precision alone promises; a position of which nothing is said is approximate.
_USUAL_M: Final = {
    Precision.SURVEYED: 50.0,
    Precision.STREET: 300.0,
    Precision.APPROXIMATE: 2000.0,
    Precision.SCHEMATIC: 2000.0,
    Precision.AREA: 5000.0,
}
KNOWN: Final = frozenset(_USUAL_M)
"""The precisions that a position may have."""

_FALLING: Final = (Precision.SURVEYED, Precision.STREET, Precision.APPROXIMATE)
_METRES_PER_DEGREE = 111_000


def claimed(
    precision: Precision | None, uncertainty_m: float | None, least_m: float, *, is_line: bool
) -> tuple[Precision, float]:
    """Give precision and uncertainty (metres) of a position of which a row says so much.

    `least_m` is what its numbers leave open. A precision that does not fit its uncertainty falls;
    none is called surveyed that does not say so, and only a line is schematic.
    """
    best = precision or (Precision.STREET if uncertainty_m is not None else Precision.APPROXIMATE)
    usual_m = _USUAL_M[best] if uncertainty_m is None else uncertainty_m
    metres = max(usual_m, least_m)
    if best is Precision.AREA or (best is Precision.SCHEMATIC and is_line):
        return best, metres
    start = _FALLING.index(best) if best in _FALLING else len(_FALLING) - 1
    fitting = (one for one in _FALLING[start:] if metres <= UNCERTAINTY_LIMITS_M[one])
    return next(fitting, Precision.AREA), metres


def resolution_m(longitude: str, latitude: str) -> float:
    """Give how far apart, in metres, two printed degrees lie that differ in half their last digit.

    The longer of the two counts: a spreadsheet leaves out the zeros behind.
    """
    decimals = max(len(text.partition(".")[2].strip()) for text in (longitude, latitude))
    return float(0.5 * 10.0**-decimals * _METRES_PER_DEGREE)
