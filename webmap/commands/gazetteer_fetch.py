"""`planned-works gazetteer fetch`: a city's named places from an Overpass server."""

import sys

import click

from geo.errors import CityUnknownError
from geo.gazetteer import load_gazetteer
from geo.gazetteer.overpass import (
    Asker,
    Fetched,
    Fetcher,
    cut,
    default_keep,
    load_groups,
    server_from,
)
from geo.home import home_path
from geo.model import Place

_STEPS = 1000


@click.command(epilog="Example: planned-works gazetteer fetch --city 无锡")
@click.option("--city", required=True, help="City whose places to fetch, such as 无锡.")
@click.option("--refresh", is_flag=True, help="Ask anew for what is kept from earlier runs.")
def fetch(city: str, *, refresh: bool) -> None:
    """Ask an Overpass server for a city's named places in OpenStreetMap, and import them.

    The questions are small and come one after the other. What is answered is kept, so that the
    command goes on where it stopped, and asks for nothing twice.
    """
    name, area = _city(city)
    server, keep = server_from(), default_keep()
    pieces = cut(area.geometry, load_groups())
    if refresh:
        keep.forget(pieces)
    known = sum(map(keep.holds, pieces))
    click.echo(
        f"Asking {server.url} for {name}: {len(pieces)} pieces, {known} of them kept", err=True
    )
    asker = Asker(server, tell=lambda words: click.echo(f"\n{words}", err=True))
    fetcher = Fetcher(asker, keep, home_path("gazetteer.sqlite"))
    with click.progressbar(length=_STEPS, label=f"Fetching {name}", file=sys.stderr) as bar:
        fetched = fetcher.fetch(
            name,
            area.geometry,
            pieces,
            progress=lambda share: bar.update(round(share * _STEPS) - bar.pos),
        )
    click.echo(_sentence(name, fetched))


def _city(city: str) -> tuple[str, Place]:
    gazetteer = load_gazetteer(city)
    if gazetteer.city is None:
        raise CityUnknownError(
            f"No boundary of {city} is known: check the name, such as 无锡 or 无锡市."
        )
    return gazetteer.city_name, gazetteer.city


def _sentence(name: str, fetched: Fetched) -> str:
    return (
        f"{name}: {fetched.summary.places} places of {fetched.date} imported "
        f"({fetched.asked} questions asked, {fetched.pieces} answers used); "
        "© OpenStreetMap contributors, ODbL-1.0"
    )
