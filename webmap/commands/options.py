"""Arguments and options that several commands share."""

from pathlib import Path

import click

from geo.gazetteer.city_names import near_names

DOCUMENT = click.Path(path_type=Path)
"""A path that our own reader checks, so that its errors are worded in one place."""

city_option = click.option(
    "--city",
    help="City, county, district or province of the plan, such as 无锡; read from it otherwise.",
)
year_option = click.option(
    "--year",
    type=click.IntRange(1949, 2100),
    help="Year that the plan is for; read from it otherwise.",
)


def meant(city: str) -> str:
    """Say what to do about a city that is not known: which names may be meant."""
    near = " or ".join(near_names(city))
    return f"if it is {near}, say so" if near else "check the name"
