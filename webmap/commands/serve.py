"""`planned-works serve`: the web map of a GeoPackage."""

from pathlib import Path

import click

from layers.geopackage import write_geopackage
from layers.making import corrected
from webmap import create_app
from webmap.commands.build import BUILT_IN, read_plans
from webmap.server import refuse_taken_port, run

DEFAULT = Path("works.gpkg")


@click.command(epilog="Example: planned-works serve works.gpkg --port 8080")
@click.argument("works", metavar="[WORKS.gpkg or postgresql://...]", required=False)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port."
)
def serve(works: str | None, host: str, port: int) -> None:
    """Serve the web map of a GeoPackage, or of what is published in a database.

    Without either it builds the built-in Wuxi 2020 first where there is no works.gpkg. A database
    that holds several published schemas needs one named: postgresql://.../name?schema=...
    """
    refuse_taken_port(host, port)
    app = create_app({"WORKS_FILE": works or _default_file()})
    click.echo(f"Planned works: http://{host}:{port}/  (Ctrl+C stops it)")
    run(app, host, port)


def _default_file() -> Path:
    if not DEFAULT.exists():
        plans = read_plans((BUILT_IN,), city=None, year=None)
        write_geopackage(DEFAULT, corrected(plans).plans)
        click.echo(f"{DEFAULT}: built from the built-in document")
    return DEFAULT
