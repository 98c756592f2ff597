"""`planned-works gazetteer`: import places, look them up, and see where they come from."""

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click
from shapely.geometry import box
from shapely.geometry.base import BaseGeometry

from geo.errors import CityUnknownError
from geo.gazetteer import Gazetteer, load_gazetteer
from geo.gazetteer.importing import Given, import_file
from geo.gazetteer.library import Library, open_library
from geo.gazetteer.library.library import Bounds
from geo.gazetteer.searching import candidates
from geo.gazetteer.vocabulary import load_kinds
from geo.home import home_path
from geo.model import Place
from webmap.commands.gazetteer_fetch import fetch
from webmap.commands.options import meant
from webmap.commands.tables import aligned

_STEPS = 1000


class _Box(click.ParamType[Bounds]):
    """West, south, east and north in degrees, between commas."""

    name = "W,S,E,N"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Bounds:
        try:
            west, south, east, north = map(float, str(value).split(","))
        except ValueError:
            self.fail("give four numbers, such as 119.5,31.0,120.6,32.0", param, ctx)
        if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):  # noqa: PLR2004 (degrees)
            self.fail("give west, south, east and north in degrees, in this order", param, ctx)
        return west, south, east, north


_city = click.option("--city", help="Only places of this city, such as 无锡.")
_box = click.option("--bbox", type=_Box(), help="Only places in these degrees.")
_kind = click.option("--kind", metavar="KIND", help="A kind of place, such as park.")
_limit = click.option(
    "--limit",
    type=click.IntRange(1, 10_000),
    default=20,
    show_default=True,
    help="At most so many.",
)


@click.group(epilog="Example: planned-works gazetteer import jiangsu.osm.pbf --city 无锡")
def gazetteer() -> None:
    """Import places, look them up, and see where they come from."""


@gazetteer.command("import", epilog="Example: planned-works gazetteer import jiangsu.osm.pbf")
@click.argument("file", type=click.Path(path_type=Path))
@_city
@_box
@click.option("--crs", default="", help="Coordinates of a table or layer: EPSG:4490, gcj02, bd09.")
@_kind
@click.option("--name", default="", help="Name of the source (default: the file's).")
@click.option("--licence", default="", help="Licence of your own data.")
@click.option("--attribution", default="", help="What that licence asks to be shown.")
def import_places(  # noqa: PLR0913 (each option of the command is a parameter)
    *,
    file: Path,
    city: str | None,
    bbox: Bounds | None,
    crs: str,
    kind: str | None,
    name: str,
    licence: str,
    attribution: str,
) -> None:
    """Import the named places of OpenStreetMap (.osm.pbf, .osm), GeoNames (.txt, .zip), CSV, or
    map layers (.gpkg, .geojson, .shp, .fgb); they replace what the same source gave before.
    """  # noqa: D205 (one sentence)
    _refuse_unknown(kind)
    given = Given(crs, kind, name, licence, attribution)
    area = _area(city, bbox)
    with click.progressbar(length=_STEPS, label=f"Importing {file.name}", file=sys.stderr) as bar:
        summary = import_file(
            file,
            library=_path(),
            area=area,
            given=given,
            progress=lambda share: bar.update(round(share * _STEPS) - bar.pos),
        )
    for problem in summary.problems:
        click.echo(f"{file}: {problem}; left out", err=True)
    click.echo(summary.sentence())


@gazetteer.command(epilog="Example: planned-works gazetteer search 太湖大道 --city 无锡")
@click.argument("name")
@_city
@_limit
def search(name: str, city: str | None, limit: int) -> None:
    """Show the places that a name may mean, the likeliest first, and why."""
    known = _gazetteer(city) if city else None
    found = candidates(name, open_library(_path()), known, limit)
    if not found:
        where = f"the gazetteer of {known.city_name}" if known else "the imported places"
        click.echo(f"No place in {where} has a name like this.")
        return
    header = ("name", "kind", "known to", "where", "why", "source")
    rows = [(*_cells(one.place), one.why, one.place.source) for one in found]
    click.echo("\n".join(aligned([header, *rows])))


@gazetteer.command("list", epilog="Example: planned-works gazetteer list --city 无锡 --kind park")
@_city
@_box
@_kind
@_limit
def list_places(*, city: str | None, bbox: Bounds | None, kind: str | None, limit: int) -> None:
    """Count the places of each kind, or with --kind list them."""
    _refuse_unknown(kind)
    area, library = _area(city, bbox), open_library(_path())
    places = _built_in(city, area)
    if kind:
        own = [place for place in places if place.kind == kind]
        more = library.places(area, kind, limit) if library else ()
        rows = [(*_cells(place), place.source) for place in (*own, *more)[:limit]]
        click.echo("\n".join(aligned([("name", "kind", "known to", "where", "source"), *rows])))
        return
    click.echo(
        "\n".join(aligned([("kind", "built in", "imported"), *_counts(places, library, area)]))
    )


@gazetteer.command()
def sources() -> None:
    """Name the source, licence and attribution of all imported places."""
    library = open_library(_path())
    if library is None:
        click.echo("Nothing is imported yet; sources of the built-in places: data/README.md.")
        return
    header = ("source", "data", "of", "places", "licence", "attribution", "imported")
    rows = [
        (one.name, one.title, one.date, f"{one.places}", one.licence, one.attribution, one.imported)
        for one in library.sources()
    ]
    click.echo("\n".join(aligned([header, *rows])))


gazetteer.add_command(fetch)


def _path() -> Path:
    return home_path("gazetteer.sqlite")


def _refuse_unknown(kind: str | None) -> None:
    if kind is not None and kind not in load_kinds():
        raise click.UsageError(f"{kind} is no kind of place; use one of {', '.join(load_kinds())}.")


def _gazetteer(city: str) -> Gazetteer:
    known = load_gazetteer(city)
    if known.city is None:
        raise CityUnknownError(
            f"{city}: no boundary of this city is known; {meant(city)}, or give --bbox."
        )
    return known


def _area(city: str | None, bbox: Bounds | None) -> BaseGeometry | None:
    if city and bbox:
        raise click.UsageError("Give --city or --bbox, not both.")
    if city:
        place = _gazetteer(city).city
        return place.geometry if place else None
    return box(*bbox) if bbox else None


def _built_in(city: str | None, area: BaseGeometry | None) -> tuple[Place, ...]:
    return load_gazetteer(city).places if city and area else ()


def _counts(
    places: tuple[Place, ...], library: Library | None, area: BaseGeometry | None
) -> Iterator[tuple[str, ...]]:
    own = Counter(place.kind for place in places)
    imported = library.counts(area) if library else {}
    for kind in sorted({*own, *imported}, key=lambda kind: -own[kind] - imported.get(kind, 0)):
        yield kind, f"{own[kind]}", f"{imported.get(kind, 0)}"


def _cells(place: Place) -> tuple[str, str, str, str]:
    """Give name, kind, how well it is known and where it is."""
    spot = place.geometry.representative_point()
    where = f"{place.within} {spot.x:.5f},{spot.y:.5f}".strip()
    return place.name, place.kind, f"{place.precision} {place.uncertainty_m:.0f} m", where
