"""`planned-works check`: whether a GeoPackage is valid, complete and honest."""

from pathlib import Path

import click

from layers.check import Violation, check_geopackage, check_postgis
from layers.postgis import is_address, read_address


@click.command(epilog="Example: planned-works check works.gpkg")
@click.argument("works", metavar="WORKS.gpkg or postgresql://...")
def check(works: str) -> None:
    """Name each violation of the layers' contract; exit status 1 where there is one."""
    name, violations = _checked(works)
    for violation in violations:
        click.echo(str(violation))
    if violations:
        raise click.ClickException(
            f"{name}: {len(violations)} violations, named above; build the file again or mend them."
        )
    click.echo(f"{name}: no violation")


def _checked(works: str) -> tuple[str, tuple[Violation, ...]]:
    """Give the name to show, without any password, and what was found."""
    if is_address(works):
        address = read_address(works)
        return str(address), check_postgis(address)
    return works, check_geopackage(Path(works))
