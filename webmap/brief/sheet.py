"""A brief in words of the page's language: what its page and its PDF both show."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date

from geo.model import Precision, Stage
from layers.attribution import Credits, LicenceCredit
from layers.export.notes import readable_address
from layers.titles import CONFIDENCES, PRECISIONS, STAGES, THEMES
from webmap.brief.content import Brief
from webmap.brief.notes import PrecisionNote, precision_notes, remarks
from webmap.cards import WorkCard
from webmap.marked_text import sentence_segments
from webmap.selection import parameters
from webmap.selection_words import FilterWords, filter_words, where_words
from webmap.site_cards import SiteCard
from webmap.slot_words import amount_words, slot_words
from webmap.store import Snapshot
from webmap.translation import gettext as _
from webmap.translation import language, title
from webmap.views_shared import map_link
from webmap.wording import number, place_words

_LONGEST_LINK = 160


@dataclass(frozen=True, slots=True)
class Entry:
    """One work of the list; `number` is "" for what is not of the selection.

    `segments` are pieces of the plan's sentence, each with the role of its mark or "".
    """

    number: str
    name: str
    quantity: str
    stage: Stage
    stage_name: str
    verb: str
    theme: str
    place: str
    unverified: str
    segments: tuple[tuple[str, str], ...]
    origin: str
    link: str
    known: str
    sites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the list with its heading; the `hint` says what is special about it."""

    heading: str
    hint: str
    entries: tuple[Entry, ...]
    is_apart: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """All words of a brief, and its counts written as numbers."""

    title: str
    plans: tuple[str, ...]
    made: str
    filters: tuple[FilterWords, ...]
    facts: tuple[tuple[str, str], ...]
    stages: tuple[tuple[Stage, str, str], ...]
    precisions: tuple[PrecisionNote, ...]
    remarks: tuple[str, ...]
    sections: tuple[Section, ...]
    link: str
    citation: str
    shown_link: str
    credits: tuple[LicenceCredit, ...]
    attributions: tuple[str, ...]


def sheet_of(brief: Brief, snapshot: Snapshot, beyond: Sequence[int], today: date) -> Sheet:
    """Put a brief in words; `beyond` are the numbers of works that its map does not show."""
    made = format_date(today, "long", locale=language().replace("-", "_"))
    link = map_link(**parameters(brief.selection), _external=True)
    plans = tuple(_plan(one.title, one.issuer, one.document_number) for one in brief.documents)
    cities = sorted({one.city for one in brief.documents})
    owed = _credits(brief, snapshot)
    return Sheet(
        title=_("Planned works: %(where)s") % {"where": where_words(brief.selection, cities)},
        plans=plans,
        made=made,
        filters=tuple(filter_words(brief.selection, snapshot)),
        facts=tuple(_facts(brief)),
        stages=tuple(_stages(brief)),
        precisions=precision_notes(brief),
        remarks=remarks(brief, beyond),
        sections=tuple(_sections(brief, snapshot)),
        link=link,
        citation=_citation(plans, made, snapshot.version),
        shown_link=_readable(link, brief),
        credits=owed.all(),
        attributions=owed.attributions(),
    )


def _credits(brief: Brief, snapshot: Snapshot) -> Credits:
    """Collect whose data the map and the positions of just these works and sites are."""
    collected = Credits()
    sites = (site for own in brief.sites.values() for site in own)
    works = (*brief.found, *brief.around)
    for source, licence in (*map(_owed, works), *map(_owed, sites)):
        collected.add(source, licence)
    for source, licence in snapshot.base_map.credits:
        collected.add(source, licence)
    return collected


def _owed(located: WorkCard | SiteCard) -> tuple[str, str]:
    return located.source, located.licence


def _readable(link: str, brief: Brief) -> str:
    """Give an address as people read it, short enough for a line or two."""
    whole = f"{link.partition('?')[0]}?{readable_address(brief.selection)}"
    return whole if len(whole) <= _LONGEST_LINK else f"{whole[:_LONGEST_LINK]}…"


def _plan(name: str, issuer: str, document_number: str) -> str:
    about = _(", ").join(filter(None, (issuer, document_number)))
    return f"{name} ({about})" if about else name


def _citation(plans: Sequence[str], made: str, version: str) -> str:
    words = {"plans": _("; ").join(plans), "date": made, "version": version}
    return _("%(plans)s. Read and mapped by Planned works, %(date)s, build %(version)s.") % words


def _facts(brief: Brief) -> Iterator[tuple[str, str]]:
    placed = sum(map(len, brief.placed.values()))
    counted = len(brief.counted_here) + len(brief.counted_city)
    yield number(len(brief.found)), _("works")
    yield number(placed), _("with a place of their own")
    yield number(counted), _("counted, with no single place")
    yield number(len(brief.unlocated)), _("not located")


def _stages(brief: Brief) -> Iterator[tuple[Stage, str, str]]:
    for stage, words in STAGES.items():
        count = sum(work.stage is stage for work in brief.found)
        if count:
            yield stage, title(words), number(count)


def _sections(brief: Brief, snapshot: Snapshot) -> Iterator[Section]:
    numbers = brief.numbers

    def entries(works: Iterable[WorkCard]) -> tuple[Entry, ...]:
        return tuple(_entry(work, brief, snapshot, numbers.get(work.work_id)) for work in works)

    for theme, works in brief.placed.items():
        yield Section(title(THEMES[theme]), "", entries(works))
    no_place = _("Promised by number for the city or a district; no single place.")
    if brief.counted_here:
        yield Section(_("Counted for a district"), no_place, entries(brief.counted_here))
    if brief.counted_city:
        yield Section(_("Counted for the whole city"), no_place, entries(brief.counted_city))
    if brief.unlocated:
        yield Section(_("Not located"), "", entries(brief.unlocated))
    if brief.around:
        hint = _("Not part of this selection, its counts or downloads: some of it may lie here.")
        heading = _("Also counted for the whole city")
        yield Section(heading, hint, entries(brief.around), is_apart=True)


def _entry(work: WorkCard, brief: Brief, snapshot: Snapshot, place: int | None) -> Entry:
    slots, sites = snapshot.slots(work.work_id), snapshot.sites_of(work.work_id)
    paragraph = _("Text, paragraph %(n)s") % {"n": work.passage}
    is_unverified = work.mapped and not work.verified
    return Entry(
        number=str(place or ""),
        name=work.name,
        quantity=work.quantity_text if work.quantity_text not in work.name else "",
        stage=work.stage,
        stage_name=title(STAGES[work.stage]),
        verb=work.stage_words,
        theme=title(THEMES[work.theme]),
        place=place_words(work),
        unverified=_("unverified") if is_unverified else "",
        segments=tuple(_segments(work)),
        origin=" · ".join(filter(None, (work.district, paragraph, work.section))),
        link=map_link(work=work.work_id, _external=True),
        known=slot_words(slots, sites) if slots else "",
        sites=tuple(map(_site, brief.sites.get(work.work_id, ()))),
    )


def _segments(work: WorkCard) -> Iterator[tuple[str, str]]:
    for segment in sentence_segments(work):
        roles = {mark.role for mark in segment.marks}
        yield segment.text, next((role for role in ("words", "stage") if role in roles), "")


def _site(site: SiteCard) -> str:
    named = " ".join(filter(None, (site.name, amount_words(site))))
    where = " ".join(filter(None, (site.district, site.town)))
    known = "" if site.is_group else title(PRECISIONS[Precision(site.precision)])
    return " · ".join(filter(None, (named, where, title(CONFIDENCES[site.confidence]), known)))
