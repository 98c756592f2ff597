"""How much of a counted promise is known, in numbers and in words of the request's language."""

from collections.abc import Iterator, Sequence

from geo.registers import Slots, is_measured
from webmap.site_cards import SiteCard
from webmap.translation import gettext as _
from webmap.wording import number


def slot_number(slots: Slots) -> str:
    """Give what is known of what is promised: 13/48 by name, 149.8/190 of an area."""
    known = slots.filled if is_measured(slots.unit) else slots.by_name
    return f"{number(known)}/{number(slots.promised)}"


def slot_words(slots: Slots, sites: Sequence[SiteCard]) -> str:
    """Say what is known by name, what only by number, and what may belong to the promise too."""
    return _("; ").join(_parts(slots, [site for site in sites if site.is_group and site.is_sure]))


def _parts(slots: Slots, groups: Sequence[SiteCard]) -> Iterator[str]:
    if is_measured(slots.unit):
        known = _("%(known)s of %(promised)s %(unit)s known")
        yield known % {**_numbers(slots), "known": number(slots.filled)}
        if slots.named:
            yield _one_or_more(slots.named, _("1 site named"), _("%(n)s sites named"))
    else:
        yield _("%(known)s of %(promised)s named") % _numbers(slots)
    if slots.in_groups:
        yield _by_number(slots, groups)
    if slots.filled > slots.promised:
        yield _("more than was promised")
    if slots.candidates:
        yield _one_or_more(slots.candidates, _("1 candidate"), _("%(n)s candidates"))


def _by_number(slots: Slots, groups: Sequence[SiteCard]) -> str:
    where = _(", ").join(dict.fromkeys(group.district for group in groups if group.district))
    words = {"n": number(slots.in_groups), "unit": slots.unit, "where": where}
    if is_measured(slots.unit):
        only = _("%(n)s %(unit)s of it by number only, in %(where)s")
        return (only if where else _("%(n)s %(unit)s of it by number only")) % words
    more = _("%(n)s more known by number in %(where)s")
    return (more if where else _("%(n)s more known by number")) % words


def _numbers(slots: Slots) -> dict[str, str]:
    return {
        "known": number(slots.by_name),
        "promised": number(slots.promised),
        "unit": slots.unit,
    }


def _one_or_more(count: int, one: str, more: str) -> str:
    return one if count == 1 else more % {"n": number(count)}


def amount_words(site: SiteCard) -> str:
    """Say how many or how much a site or group is: 21, 15 万吨/日."""
    own = f"{number(site.quantity)} {site.unit}".strip() if site.quantity is not None else ""
    counted = number(site.count) if site.is_group and site.count is not None else ""
    return _(", ").join(filter(None, (counted, own)))
