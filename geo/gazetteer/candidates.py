"""The places that were weighed for a work, each with a score and the reasons for it."""

from collections.abc import Iterator

from geo.gazetteer.matching import readings_of, stated_area
from geo.gazetteer.names import key
from geo.gazetteer.ranking import UNFIT_TIER, is_next_door, may_lie_in, tier_of
from geo.gazetteer.spelling import REASONS, STEPS, Closeness, Match
from geo.gazetteer.store import Gazetteer
from geo.model import Candidate, Place, Work

_MOST = 5
_CLOSENESS = {
    Closeness.SAME: 1.0,
    Closeness.EQUIVALENT: 0.9,
    Closeness.SIMILAR: 0.7,
    Closeness.ONE_OF: 0.6,
}
_SHORTER_NAME = 0.8
_OTHER_NAME = 0.95
_KINDS = (
    (1.0, "its kind fits the theme"),
    (0.8, "its kind may fit the theme"),
    (0.4, "its kind does not fit the theme"),
)
_OUTSIDE = 0.2


def weigh(gazetteer: Gazetteer, work: Work) -> tuple[Candidate, ...]:
    """Give the places whose names the work's name may mean, best first, at most five.

    Theme and district do not exclude a place here: they lower its score and are named.
    """
    return tuple(candidate for candidate, _ in weighed_places(gazetteer, work))


def weighed_places(gazetteer: Gazetteer, work: Work) -> tuple[tuple[Candidate, Place], ...]:
    """Give the same candidates, each with the place that it is."""
    stated = stated_area(gazetteer, work)
    district = gazetteer.district(stated.within) or stated if stated else None
    found: dict[str, tuple[Candidate, Place]] = {}
    for name_key, match in _matches(gazetteer, work):
        one = _candidate(gazetteer, work, name_key, match, district)
        known = found.get(one.place_id)
        if known is None or one.score > known[0].score:
            found[one.place_id] = one, match.entry.place
    ordered = sorted(found.values(), key=lambda pair: _rank(pair[0]))
    return tuple(ordered[:_MOST])


def _rank(one: Candidate) -> tuple[float, str, str]:
    return -one.score, one.name, one.place_id


def _matches(gazetteer: Gazetteer, work: Work) -> Iterator[tuple[str, Match]]:
    """Yield what each step finds; steps of less close names follow while no kind fits."""
    texts = tuple(dict.fromkeys(form.text for form, _ in readings_of(gazetteer, work)))
    for step in STEPS:
        fits = False
        for text in texts:
            for match in step(gazetteer, text):
                fits = fits or tier_of(gazetteer, work, match.entry.place) < UNFIT_TIER
                yield text, match
        if fits:
            return


def _candidate(
    gazetteer: Gazetteer, work: Work, name_key: str, match: Match, district: Place | None
) -> Candidate:
    place = match.entry.place
    score, reasons = _CLOSENESS[match.closeness], [REASONS[match.closeness]]
    if match.entry.is_alias:
        score, reasons = score * _OTHER_NAME, [*reasons, f"as {match.entry.words}"]
    if name_key != key(work.name):
        score, reasons = score * _SHORTER_NAME, [*reasons, "without words about works"]
    weight, reason = _KINDS[min(tier_of(gazetteer, work, place), UNFIT_TIER)]
    score, reasons = score * weight, [*reasons, reason]
    if is_next_door(gazetteer, place):
        score, reasons = score * _OUTSIDE, [*reasons, "beside the city"]
    if not may_lie_in(place, district):
        score, reasons = score * _OUTSIDE, [*reasons, "outside the district that the text states"]
    return Candidate(
        place_id=place.place_id,
        name=place.name,
        kind=place.kind,
        within=place.within,
        precision=place.precision,
        source=place.source,
        licence=place.licence,
        score=round(score, 3),
        reasons=tuple(reasons),
    )
