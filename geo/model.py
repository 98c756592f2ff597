"""The values that pass from stage to stage: all frozen, none with behaviour of its own.

Offsets (`start`, `end`) count characters of the original document text, end exclusive.
Geometries are in EPSG:4326 (longitude, latitude; degrees); uncertainties are in metres.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from msgspec import Struct
from shapely.geometry.base import BaseGeometry


class Stage(StrEnum):
    """What the verb that governs a work promises, from first thought to use."""

    PLAN = "plan"
    PRELIMINARY_WORK = "preliminary_work"
    START = "start"
    UNDER_CONSTRUCTION = "under_construction"
    COMPLETE = "complete"
    OPEN_TO_SERVICE = "open_to_service"
    ONGOING = "ongoing"


class Theme(StrEnum):
    """What kind of thing a work is; each theme has its own map layers."""

    METRO = "metro"
    RAILWAY = "railway"
    EXPRESSWAY = "expressway"
    ROAD = "road"
    BRIDGE_CROSSING = "bridge_crossing"
    AIRPORT = "airport"
    PORT = "port"
    PARK = "park"
    WETLAND = "wetland"
    GREENING = "greening"
    WATER = "water"
    SEWAGE = "sewage"
    WASTE = "waste"
    POWER = "power"
    HOUSING_RENEWAL = "housing_renewal"
    NEW_TOWN = "new_town"
    VILLAGE = "village"
    INDUSTRY = "industry"
    TOURISM = "tourism"
    CULTURE_HERITAGE = "culture_heritage"
    EDUCATION = "education"
    HEALTH = "health"
    SPORT = "sport"
    SOCIAL_CARE = "social_care"
    SAFETY = "safety"
    OTHER = "other"


class Locatable(StrEnum):
    """Whether the words let a work be found: by its name, by an area, or only as a count."""

    EXACT_NAMED = "exact_named"
    AREA_NAMED = "area_named"
    CITYWIDE_QUANTITY = "citywide_quantity"


class Precision(StrEnum):
    """How well the place of a work is known, best first."""

    SURVEYED = "surveyed"
    STREET = "street"
    APPROXIMATE = "approximate"
    SCHEMATIC = "schematic"
    AREA = "area"
    CITY = "city"
    OUTSIDE = "outside"
    UNLOCATED = "unlocated"


UNCERTAINTY_LIMITS_M: Final[Mapping[str, float]] = {
    Precision.SURVEYED: 50,
    Precision.STREET: 300,
    Precision.APPROXIMATE: 2000,
}
"""What each precision promises, in metres; the others promise none."""


class Confidence(StrEnum):
    """How sure it is that a site belongs to the counted work that it is listed for, surest first.

    A source says so (`high`), it is very likely (`medium`), or the site is a mere candidate
    (`low`), which never fills a slot.
    """

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Passage:
    """A numbered paragraph (from 1); `text` is exactly `document.text[start:end]`."""

    number: int
    start: int
    end: int
    text: str
    section: str


@dataclass(frozen=True, slots=True)
class Document:
    """A plan as it was read: `text` is the decoded original, never cleaned or converted."""

    document_id: str
    title: str
    city: str
    year: int | None
    issuer: str
    text: str
    sha256: str
    passages: tuple[Passage, ...]
    index_number: str = ""
    document_number: str = ""


class Clause(Struct, frozen=True, gc=False):
    """The smallest stretch of a passage that can hold a promise, numbered from 1."""

    number: int
    passage: int
    start: int
    end: int
    text: str
    section: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """A printed number: 190 with unit 萬平方米, of `what`; `text` is the words as printed.

    `shared` marks one total printed for all works of a list.
    """

    value: float
    unit: str
    what: str
    text: str
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Work:
    """One promised physical thing, with the words that it was read from.

    `start`/`end` bound its sentence (one clause or several that belong together), `clause` is the
    number of the ledger row that gave it; `places` are exact substrings of the sentence and
    `stage_words` the governing verb words as printed. `name` is in the document's own script.
    """

    work_id: str
    document_id: str
    name: str
    name_hans: str
    places: tuple[str, ...]
    theme: Theme
    stage: Stage
    stage_words: str
    locatable: Locatable
    quantities: tuple[Quantity, ...]
    district: str
    section: str
    passage: int
    clause: int
    start: int
    end: int
    sentence: str


class LedgerRow(Struct, frozen=True, gc=False):
    """What became of one clause: the ids of the works it gave, or the reason why it gave none."""

    clause: Clause
    reason: str
    works: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A document with everything that was read from it."""

    document: Document
    works: tuple[Work, ...]
    ledger: tuple[LedgerRow, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A gazetteer entry. `within` names the district that holds it ("" where unknown).

    `verified` is false where the position was found in no source; `geometry` of an `area` place
    may be a point that lies somewhere inside: it never stands for a site.
    """

    place_id: str
    name: str
    name_hans: str
    aliases: tuple[str, ...]
    kind: str
    geometry: BaseGeometry
    precision: Precision
    uncertainty_m: float
    within: str
    verified: bool
    source: str
    licence: str
    note: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a work may be, or lie at: `score` says from 0 to 1 how well it fits.

    `reasons` are short phrases for and against; `within` is the district that holds it ("" where
    unknown).
    """

    place_id: str
    name: str
    kind: str
    within: str
    precision: Precision
    source: str
    licence: str
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Site:
    """A row of a register: a named site of a counted work, or a group of sites known by number.

    `part_of` is the id of the counted work. `count` says how many of the promised things it is (1
    for a site, None where a group gives no number), `quantity` and `unit` its own length, area or
    capacity as printed. A group stands for the sites of its `district` (and `town`; all of the city
    where both are "") and has no place. `source` and `licence` are those of the row, not of its
    position; `register` names the file.
    """

    site_id: str
    part_of: str
    name: str
    name_hans: str
    is_group: bool
    count: int | None
    quantity: float | None
    unit: str
    district: str
    town: str
    status: str
    confidence: Confidence
    source: str
    licence: str
    note: str
    register: str


@dataclass(frozen=True, slots=True)
class PlacedWork:
    """A work with its place, or with the reason why it has none.

    `geometry` is what may honestly be drawn (None when unlocated); `located_by` names the rule and
    the words that found the place; `uncertainty_m` is None when unlocated. `candidates` are the
    places that were weighed, best first: where none was sure enough, what a person may choose from.
    A person has corrected it where it is `edited`. A `site` is one of those that a counted work is
    made of: its `work` is then the counted work under the site's own id, name and quantity.
    """

    work: Work
    place: Place | None
    geometry: BaseGeometry | None
    precision: Precision
    uncertainty_m: float | None
    located_by: str
    verified: bool
    district: str
    source: str
    licence: str
    candidates: tuple[Candidate, ...] = ()
    edited: bool = False
    site: Site | None = None
