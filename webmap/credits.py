"""Whose data the map shows, and under which licence."""

from layers import attribution
from layers.attribution import Credit, owners_of
from webmap.store import Snapshot
from webmap.translation import title


def credits_of(snapshot: Snapshot) -> tuple[Credit, ...]:
    """Give each source of the base map and of the places of works and sites, with its licence."""
    works = ((work.source, work.licence) for work in snapshot.works)
    sites = ((site.source, site.licence) for site in snapshot.sites.by_id.values())
    return attribution.credits_of((*snapshot.base_map.credits, *works, *sites))


def credit_line(snapshot: Snapshot) -> list[str]:
    """Give the owners to be named in the map's corner."""
    return [title(owner) for owner in owners_of(credits_of(snapshot))]
