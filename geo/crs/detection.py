"""Whether a layer is in WGS-84, GCJ-02 or BD-09, told by places that are known in both."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from geo.crs.shift import Datum, Points, convert

_FEWEST_PAIRS = 6
# The spread of so few pairs is often underrated: their error counts for more.
_SMALL_SAMPLE = 5.0
# Two layers of one datum may lie this far apart: drawn from other pictures, generalised.
_AGREEING_M = 100.0
_STANDARD_ERRORS = 3.0
_METRES_A_DEGREE = 111_320.0
# Of a normal distribution: deviation from the median of distances, error of the median.
_DEVIATION, _MEDIAN_ERROR = 1.4826, 1.2533


@dataclass(frozen=True, slots=True)
class Verdict:
    """Which datum a layer is in; `datum` is None where the pairs do not tell.

    `offsets_m` is how far, in the median, the layer lies from where each datum would put the known
    places; `tolerance_m` is the offset that chance and drawing explain, with `pairs` places.
    """

    datum: Datum | None
    offsets_m: Mapping[Datum, float]
    tolerance_m: float
    pairs: int

    @property
    def is_elsewhere(self) -> bool:
        """Whether the layer lies where none of the datums would put it."""
        return bool(self.offsets_m) and min(self.offsets_m.values()) > self.tolerance_m

    @property
    def evidence(self) -> str:
        """One sentence with the figures behind the verdict."""
        if self.pairs < _FEWEST_PAIRS:
            return f"{self.pairs} places are known in both; at least {_FEWEST_PAIRS} are needed"
        offsets = ", ".join(f"{metres:.0f} m from {d}" for d, metres in self.offsets_m.items())
        return f"median of {self.pairs} places: {offsets} (tolerance {self.tolerance_m:.0f} m)"


def detect_datum(found: Points, known: Points) -> Verdict:
    """Compare positions in a layer with known positions of the same places.

    The datum is told where it alone explains the offsets: the median of the offset vectors stands
    against the shift that each datum predicts at the known places, so that single wrong pairs do
    not matter, and wide-spread ones raise the tolerance until nothing is told.

    Parameters
    ----------
    found
        Array of shape (n, 2): longitude and latitude in degrees, as the layer has them.
    known
        Array of the same shape: the same places in WGS-84.
    """
    finite = np.isfinite(found).all(axis=1) & np.isfinite(known).all(axis=1)
    found, known = found[finite], known[finite]
    if len(found) < _FEWEST_PAIRS:
        return Verdict(None, {}, 0.0, len(found))
    vectors = {datum: _offsets_m(found, known, datum) for datum in Datum}
    offsets = {datum: _length(np.median(v, axis=0)) for datum, v in vectors.items()}
    nearest = min(offsets, key=offsets.__getitem__)
    tolerance = _AGREEING_M + _STANDARD_ERRORS * _error_m(vectors[nearest])
    fitting = [datum for datum, offset in offsets.items() if offset <= tolerance]
    told = fitting[0] if len(fitting) == 1 else None
    return Verdict(told, offsets, tolerance, len(found))


def _offsets_m(found: Points, known: Points, datum: Datum) -> Points:
    """Give the vectors, east and north in metres, from where `datum` puts the known places."""
    expected = convert(known, Datum.WGS84, datum)
    scale = np.column_stack((np.cos(np.radians(known[:, 1])), np.ones(len(known))))
    offsets: Points = (found - expected) * scale * _METRES_A_DEGREE
    return offsets


def _error_m(vectors: Points) -> float:
    """Give the standard error of the median of vectors, from their spread round it."""
    spread = _DEVIATION * np.median(np.abs(vectors - np.median(vectors, axis=0)), axis=0)
    count = len(vectors)
    return _MEDIAN_ERROR * _length(spread) / math.sqrt(count) * (1 + _SMALL_SAMPLE / count)


def _length(vector: Points) -> float:
    return float(np.hypot(vector[0], vector[1]))
