"""`planned-works publish`: a GeoPackage's layers and tables go to a PostGIS database."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click

from layers.postgis import Wish, is_address, read_address
from layers.postgis import publish as publish_layers
from layers.postgis.relations import Relation
from layers.postgis.roles import PUBLIC

DEFAULT = Path("works.gpkg")


@click.command(
    epilog="Example: planned-works publish works.gpkg postgresql://gis@localhost/plans --grant "
    "planners"
)
@click.argument(
    "arguments", metavar="[WORKS.gpkg] postgresql://USER@HOST/DATABASE", nargs=-1, required=True
)
@click.option(
    "--schema",
    default="",
    help="The schema to write; by default named by city and year, such as 无锡_2020.",
)
@click.option(
    "--grant",
    "roles",
    metavar="ROLE",
    multiple=True,
    help="Let this role read what is published (public: every role); may come several times.",
)
@click.option(
    "--discard-edits",
    is_flag=True,
    help="Replace the schema even where someone has edited it since it was published.",
)
def publish(
    *, arguments: tuple[str, ...], schema: str, roles: tuple[str, ...], discard_edits: bool
) -> None:
    """Write the layers and tables of a GeoPackage to PostGIS, all or nothing.

    Passwords are best left out of the address: PGPASSWORD, PGSERVICE and ~/.pgpass are read.
    """
    path, address = _file_and_address(arguments)
    target = read_address(address)
    named = tuple(PUBLIC if role.lower() == PUBLIC else role for role in roles)
    done = publish_layers(path, target, Wish(schema, named, discard_edits), _shown)
    if done.note:
        click.echo(f"Note: {done.note}.", err=True)
    click.echo(f"{target}: schema {done.schema}, {len(done.layers)} layers of {path}")


def _file_and_address(arguments: tuple[str, ...]) -> tuple[Path, str]:
    *files, address = arguments
    if len(files) > 1 or not is_address(address) or any(map(is_address, files)):
        raise click.UsageError(
            "Give a GeoPackage (works.gpkg without one) and then the address of a database, such "
            "as postgresql://user@host/database."
        )
    return Path(files[0]) if files else DEFAULT, address


def _shown(relations: Sequence[Relation]) -> Iterator[Relation]:
    with click.progressbar(relations, label="Publishing") as progress:
        shown: Iterable[Relation] = progress
        yield from shown
