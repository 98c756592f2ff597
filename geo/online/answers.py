"""What an online geocoder is asked, and what it answers: always in WGS-84."""

import math
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from shapely.geometry import Point

from geo.crs import Datum, convert
from geo.errors import OnlineError
from geo.model import Precision

Box = tuple[float, float, float, float]
"""West, south, east and north in degrees, WGS-84."""

MOST_ANSWERS = 20
_LONGEST_TEXT = 200
_STREET_M, _APPROXIMATE_M = 300.0, 2000.0


@dataclass(frozen=True, slots=True)
class Answer:
    """A place that a service knows: its names and where it lies, in degrees WGS-84.

    `kind` is a kind of the gazetteer ("" where the service does not tell), `precision` and
    `uncertainty_m` what its own level is worth. `names` is empty where a service gives a position
    without saying of what.
    """

    reference: str
    names: tuple[str, ...]
    kind: str
    longitude: float
    latitude: float
    precision: Precision
    uncertainty_m: float

    @property
    def point(self) -> Point:
        """The position as a point in EPSG:4326."""
        return Point(self.longitude, self.latitude)


@dataclass(frozen=True, slots=True)
class Question:
    """A name to look for in the box of a city, which has its full name (甲市)."""

    text: str
    city: str
    box: Box


class Service(Protocol):
    """A client of one online geocoder; it keeps no state and asks once."""

    def ask(self, question: Question) -> tuple[Answer, ...]:
        """Ask for the places of this name, in the box where the service knows boxes.

        Raises
        ------
        OnlineError
            When the service gives no usable answer.
        """


def honest(precision: Precision, uncertainty_m: float) -> Precision:
    """Give the precision that an uncertainty in metres still allows."""
    if uncertainty_m > _APPROXIMATE_M:
        return Precision.AREA
    if precision is Precision.STREET and uncertainty_m > _STREET_M:
        return Precision.APPROXIMATE
    return precision


def degrees(text: str | float, limit: float) -> float:
    """Read a longitude (limit 180) or latitude (limit 90).

    Raises
    ------
    OnlineError
        When it is none.
    """
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not abs(value) <= limit:
        raise OnlineError("the answer holds a position that is none")
    return value


def in_wgs84(longitude: float, latitude: float, datum: Datum) -> tuple[float, float]:
    """Bring a position to WGS-84: nothing of another datum leaves the clients."""
    ((x, y),) = convert(np.array([[longitude, latitude]]), datum, Datum.WGS84)
    return float(x), float(y)


def position(text: str) -> tuple[float, float]:
    """Read "longitude,latitude".

    Raises
    ------
    OnlineError
        When it is something else.
    """
    longitude, _, latitude = text.partition(",")
    return degrees(longitude, 180), degrees(latitude, 90)


def trimmed(text: object) -> str:
    """Give a text of an answer without blanks, cut to a sane length; "" for what is no text."""
    return " ".join(text.split())[:_LONGEST_TEXT] if isinstance(text, str) else ""
