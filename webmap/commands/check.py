"""`planned-works check`: whether a GeoPackage is valid, complete and honest."""

from pathlib import Path

import click

from layers.check import check_geopackage


@click.command(epilog="Example: planned-works check works.gpkg")
@click.argument("file", type=click.Path(path_type=Path))
def check(file: Path) -> None:
    """Name each violation of the layers' contract; exit status 1 where there is one."""
    violations = check_geopackage(file)
    for violation in violations:
        click.echo(str(violation))
    if violations:
        raise click.ClickException(
            f"{file}: {len(violations)} violations, named above; build the file again or mend them."
        )
    click.echo(f"{file}: no violation")
