"""What the README promises is what the program has, and the other way round."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from geo.model import Locatable, Precision, Stage, Theme
from geo.registers.words import TOTAL, column_words
from layers.schema import COLUMNS, FAMILIES
from layers.tables import TABLES
from webmap.cli import main
from webmap.exporting import FORMATS
from webmap.settings import DEFAULTS, ENVIRONMENT_PREFIX

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def commands() -> Iterator[tuple[str, click.Command]]:
    for name, command in main.commands.items():
        if isinstance(command, click.Group):
            yield from ((f"{name} {inner}", one) for inner, one in command.commands.items())
        else:
            yield name, command


def test_the_readme_names_every_command_with_its_options() -> None:
    for name, command in commands():
        rows = (line for line in README.splitlines() if line.startswith("|"))
        row = next(line for line in rows if re.search(f"`planned-works {name}[ `]", line))
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert any(option in row for option in parameter.opts), (name, parameter.name)


def test_the_readme_names_no_command_that_is_missing() -> None:
    named = set(re.findall(r"`planned-works ([a-z]+) ", README))
    assert named == set(main.commands)


@pytest.mark.parametrize("values", [Stage, Theme, Locatable, Precision])
def test_the_readme_names_every_coded_value(values: type[Stage]) -> None:
    assert [value for value in values if f"`{value}`" not in README] == []


def test_the_readme_names_every_layer_column_and_table() -> None:
    assert [f.suffix for f in FAMILIES if f"`<theme>_{f.suffix}`" not in README] == []
    assert [c.name for c in COLUMNS if f"`{c.name}`" not in README] == []
    assert [t.name for t in TABLES if f"`{t.name}`" not in README] == []


def test_the_readme_names_every_column_of_a_register() -> None:
    assert [name for name in column_words() if f"`{name}`" not in README and name != TOTAL] == []


def test_the_readme_names_every_setting() -> None:
    settings = [f"{ENVIRONMENT_PREFIX}_{name}" for name in DEFAULTS if name != "WORKS_FILE"]
    assert [name for name in settings if f"`{name}`" not in README] == []


def test_the_readme_says_of_every_format_what_it_holds() -> None:
    section = README[README.index("## Exports") :]
    rows = [line.split("|")[1:-1] for line in section.splitlines() if line.startswith("| `")]
    found = {row[0].strip(" `"): [cell.strip(" `") for cell in row[1:5]] for row in rows}
    for code, form in FORMATS.items():
        flags = (form.holds_unplaced, form.any_crs, form.mixes)
        assert found[code] == [form.ending, *("yes" if flag else "no" for flag in flags)], code
        if form.most:
            assert f"{form.most:,} works at most" in section


def test_the_readme_names_every_make_target() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = next(line for line in makefile.splitlines() if line.startswith(".PHONY:"))
    assert [target for target in phony.split()[1:] if f"`make {target}`" not in README] == []


def test_the_readme_names_every_benchmark() -> None:
    scripts = (ROOT / "tests" / "benchmarks").glob("*.py")
    assert [s.name for s in scripts if f"tests/benchmarks/{s.name}" not in README] == []
