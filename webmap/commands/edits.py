"""`planned-works edits`: corrections made in QGIS come back, are kept, and win over builds."""

import getpass
from collections.abc import Mapping
from pathlib import Path

import click

from geo.errors import EditsError, LayersFileError, OutputError
from layers.edits import deciding
from layers.edits.exporting import geojson, json_lines, read_json_lines
from layers.edits.log import EditLog
from layers.edits.reading import read_base
from layers.edits.sides import now_states
from layers.edits.taking import Source, Taken, take
from layers.edits.values import Author, Edit, State, Status, now_text
from layers.geopackage.atomic import replacing
from layers.making import edit_log, rebuilt
from webmap.commands.edits_lines import details, listed, summary, taken_lines

OWN_WORK = "drawn by hand; free to use"
"""Licence of what is drawn anew where the person says no other."""

_FILE = click.Path(path_type=Path)
_who = click.option("--who", help="Who makes the decision or correction.  [default: your login]")
_why = click.option("--why", default="", help="Why, in a few words.")
_number = click.argument("number", type=int)


@click.group(epilog="Example: planned-works edits import works.gpkg --why 'traced from the plan'")
def edits() -> None:
    """Take corrections made in QGIS back; list, show, resolve and revert them."""


@edits.command("import", epilog="Example: planned-works edits import works.gpkg --who 李工")
@click.argument("edited", type=_FILE)
@_who
@_why
@click.option("--base", type=_FILE, help="The works file that EDITED was saved from, if another.")
@click.option(
    "--against",
    type=_FILE,
    help="A newer works file to compare with.  [default: EDITED's plans, built anew]",
)
@click.option("--crs", default="", help="System in which changes were drawn, such as gcj02.")
@click.option("--licence", default=OWN_WORK, show_default=True, help="Of what is drawn anew.")
@click.option("--dry-run", is_flag=True, help="Only show what would be taken.")
def import_edits(  # noqa: PLR0913  (each option of the command is a parameter)
    *,
    edited: Path,
    who: str | None,
    why: str,
    base: Path | None,
    against: Path | None,
    crs: str,
    licence: str,
    dry_run: bool,
) -> None:
    """Take the corrections of an edited works file (or an exported log) into the log."""
    if edited.suffix.lower() == ".jsonl":
        click.echo(_take_log(edited))
        return
    author = Author(_name(who), why, now_text(), licence)
    try:
        now = _now(base or edited, against)
        taken = take(Source(edited, base, crs), now, author, edit_log(), keep=not dry_run)
    except LayersFileError as error:
        hint = "" if base else "; if it was saved from a works file, name that one by --base"
        raise LayersFileError(f"{error}{hint}") from error
    _print(taken, edited, dry_run=dry_run)


@edits.command("list", epilog="Example: planned-works edits list --status conflict")
@click.option("--work", "work_id", help="Only corrections of this work.")
@click.option(
    "--status",
    type=click.Choice([*map(str, Status), "stale"]),
    help="Only corrections in this state.",
)
def list_edits(work_id: str | None, status: str | None) -> None:
    """List the corrections of the log; conflicts with both geometries."""
    found = [
        edit
        for edit in edit_log().edits()
        if (not work_id or edit.correction.work_id == work_id)
        and (not status or status == edit.status or (status == "stale" and edit.stale))
    ]
    click.echo("\n".join(listed(found)) if found else "No corrections.")


@edits.command(epilog="Example: planned-works edits show 3")
@_number
def show(number: int) -> None:
    """Show a correction with all its values, before and after, and what was decided of it."""
    log = edit_log()
    edit = log.edit(number)
    click.echo("\n".join(details(edit, log.history(number))))


@edits.command(epilog="Example: planned-works edits resolve 3 --take edited")
@_number
@click.option(
    "--take",
    "side",
    required=True,
    type=click.Choice(["edited", "built"]),
    help="What is right: what the person left, or what is built now.",
)
@_who
@_why
def resolve(number: int, side: str, who: str | None, why: str) -> None:
    """Decide a conflict between a correction and what is built now."""
    edit = deciding.resolve(edit_log(), number, edited=side == "edited", author=_author(who, why))
    click.echo(f"Correction {number} of {edit.correction.name}: {side} wins; build to see it.")


@edits.command(epilog="Example: planned-works edits revert 3 --why 'wrong street'")
@click.argument("numbers", type=int, nargs=-1, required=True)
@_who
@_why
def revert(numbers: tuple[int, ...], who: str | None, why: str) -> None:
    """Take corrections out of all later builds; they stay in the log."""
    for number in numbers:
        edit = deciding.revert(edit_log(), number, _author(who, why))
        click.echo(f"Correction {number} of {edit.correction.name} is reverted; build to see it.")


@edits.command(epilog="Example: planned-works edits attach 4 --work 9fc49be9efd5")
@_number
@click.option(
    "--work", "work_id", required=True, help="The id of the work that it is the place of."
)
@click.option("--in", "works", type=_FILE, default="works.gpkg", show_default=True)
@_who
@_why
def attach(number: int, work_id: str, works: Path, who: str | None, why: str) -> None:
    """Make a feature that was drawn without an id the place of a work."""
    now = read_base(works).states
    if work_id not in now:
        raise EditsError(f"{works} has no work {work_id}: see the table works for its ids.")
    added = deciding.attach(edit_log(), number, work_id, now[work_id], _author(who, why))
    click.echo(
        f"Correction {added.number}: {added.correction.name} has its place; build to see it."
    )


@edits.command(epilog="Example: planned-works edits export edits.jsonl")
@click.argument("output", type=_FILE)
def export(output: Path) -> None:
    """Write the log as JSON lines (.jsonl, can be imported again) or GeoJSON (.geojson)."""
    found = edit_log().edits()
    writers: Mapping[str, str] = {
        ".jsonl": "".join(f"{line}\n" for line in json_lines(found)),
        ".geojson": geojson(found),
    }
    if output.suffix.lower() not in writers:
        raise OutputError(f"{output}: name a file that ends in .jsonl or .geojson.")
    with replacing(output) as scratch:
        scratch.write_text(writers[output.suffix.lower()], encoding="utf-8")
    click.echo(f"{output}: {len(found)} corrections")


def _name(who: str | None) -> str:
    return (who or getpass.getuser()).strip()


def _author(who: str | None, why: str) -> Author:
    return Author(_name(who), why, now_text(), "")


def _now(edited: Path, against: Path | None) -> Mapping[str, State]:
    """Give what is built at present: a newer file, else the plans of the edited one built anew."""
    return read_base(against).states if against else now_states(rebuilt(edited).plans)


def _take_log(path: Path) -> str:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise EditsError(f"{path} cannot be read as an exported log: {error}.") from error
    added = _added(edit_log(), list(read_json_lines(lines)))
    return f"{path}: {added} corrections taken into the log"


def _added(log: EditLog, found: list[Edit]) -> int:
    """Add the entries that the log does not hold, each with its own author and state."""
    known = {_identity(edit) for edit in log.edits()}
    new = [edit for edit in found if _identity(edit) not in known]
    for edit in new:
        log.add([edit.correction], edit.author, edit.file)
    return len(new)


def _identity(edit: Edit) -> tuple[str, ...]:
    fields = ",".join(change.field for change in edit.correction.changes)
    return edit.correction.work_id, edit.author.at, edit.author.who, edit.file, fields


def _print(taken: Taken, path: Path, *, dry_run: bool) -> None:
    for line in taken_lines(taken):
        click.echo(line, err=True)
    click.echo("\n".join([*listed(taken.edits), summary(taken, path, dry_run=dry_run)]))
