"""The `planned-works` command: text in, map layers and a web map out."""

from importlib.metadata import version

import click

from geo.errors import PlannedWorksError
from webmap.commands.build import build
from webmap.commands.check import check
from webmap.commands.edits import edits
from webmap.commands.evaluate import evaluate
from webmap.commands.export import export
from webmap.commands.extract import extract
from webmap.commands.gazetteer import gazetteer
from webmap.commands.publish import publish
from webmap.commands.register import register
from webmap.commands.review import review
from webmap.commands.serve import serve


class _Command(click.Group):
    """A group that turns our errors into one line and exit status 1."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except PlannedWorksError as error:
            raise click.ClickException(str(error)) from error


@click.group(
    cls=_Command,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Example: planned-works build plan.txt --city 无锡 --year 2020 -o works.gpkg",
)
@click.version_option(version("planned-works"), prog_name="planned-works")
def main() -> None:
    """Turn the prose of a Chinese city's yearly plan into map layers that can be trusted."""


for _command in (
    build,
    serve,
    publish,
    extract,
    export,
    check,
    review,
    evaluate,
    gazetteer,
    register,
    edits,
):
    main.add_command(_command)
