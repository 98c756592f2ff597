"""Nothing leaves this machine unless a command is called that says so."""

import ast
import socket
from pathlib import Path
from typing import NoReturn

import click
import pytest
from click.testing import CliRunner
from flask import Flask
from registering import row
from shapely.geometry import MultiPoint

from geo.home import HOME_VARIABLE
from geo.paths import data_path
from geo.registers import keep
from layers.edits.log import EditLog
from layers.edits.values import Author, Change, Correction, Status
from webmap.cli import main

ROOT = Path(__file__).resolve().parent.parent
NETWORK = {
    "aiohttp",
    "ftplib",
    "geopy",
    "http",
    "httpx",
    "psycopg",
    "requests",
    "smtplib",
    "socket",
    "urllib3",
}
WUXI = str(data_path("documents", "wuxi2020.txt"))
GOLD = str(Path(__file__).parent / "gold" / "wuxi2020.jsonl")

# The commands that ask other computers, which their help and the README say.
ASKING = {("gazetteer", "fetch"), ("publish",)}
# Every other command, with arguments that make it do its whole work.
QUIET: dict[tuple[str, ...], list[str]] = {
    ("build",): ["-o", "works.gpkg"],
    ("serve",): ["works.gpkg"],
    ("extract",): [WUXI, "--ledger"],
    ("export",): ["works.gpkg", "-o", "works.html"],
    ("check",): ["works.gpkg"],
    ("evaluate",): [WUXI, GOLD],
    ("review",): ["works.gpkg"],
    ("edits", "import"): ["works.gpkg"],
    ("edits", "list"): [],
    ("edits", "show"): ["1"],
    ("edits", "resolve"): ["1", "--take", "built"],
    ("edits", "revert"): ["2"],
    ("edits", "attach"): ["3", "--work", "9fc49be9efd5"],
    ("edits", "export"): ["edits.jsonl"],
    ("gazetteer", "import"): ["places.csv", "--city", "无锡"],
    ("gazetteer", "search"): ["公园", "--city", "无锡"],
    ("gazetteer", "list"): ["--city", "无锡"],
    ("gazetteer", "sources"): [],
    ("register", "import"): ["places.csv", "--work", "75e2f2aca9f8", "--works", "works.gpkg"],
    ("register", "list"): [],
    ("register", "remove"): ["kept.csv"],
}


def commands(group: click.Group, before: tuple[str, ...] = ()) -> set[tuple[str, ...]]:
    found: set[tuple[str, ...]] = set()
    for name, command in group.commands.items():
        here = (*before, name)
        found |= commands(command, here) if isinstance(command, click.Group) else {here}
    return found


class ConnectionTried(BaseException):
    """Not an Exception: it passes through whatever would catch a failed connection."""


def refuse(*_: object, **__: object) -> NoReturn:
    raise ConnectionTried


@pytest.fixture
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    for name in ("getaddrinfo", "gethostbyname", "create_connection"):
        monkeypatch.setattr(socket, name, refuse)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder with a built plan, and with what the user's own files would be."""
    path = tmp_path_factory.mktemp("quiet")
    result = CliRunner().invoke(main, ["build", "-o", str(path / "works.gpkg")])
    assert result.exit_code == 0, result.output
    table = "name,lon,lat,kind\n青川公园,120.3,31.5,park\n"
    (path / "places.csv").write_text(table, encoding="utf-8")
    drawn = (Change("geometry", None, MultiPoint([(120.3, 31.5)]), None),)
    EditLog(path / "home" / "edits.sqlite").add(
        [
            Correction("x", "", "甲", "", drawn, status)
            for status in (Status.CONFLICT, Status.ACCEPTED, Status.CANDIDATE)
        ],
        Author("李工", "", "2026-11-27T08:00:00+00:00", "CC0-1.0"),
        "works.gpkg",
    )
    keep(path / "home" / "registers.sqlite", "kept.csv", "0123456789ab", "", [row("青川公园")])
    return path


def test_every_command_asks_others_or_is_known_not_to() -> None:
    assert commands(main) == ASKING | QUIET.keys()


@pytest.mark.usefixtures("_no_network")
@pytest.mark.parametrize("command", QUIET, ids=" ".join)
def test_a_command_opens_no_connection(
    command: tuple[str, ...], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    monkeypatch.setenv(HOME_VARIABLE, str(folder / "home"))
    monkeypatch.setattr("webmap.commands.serve.run", serve_the_map)
    monkeypatch.setattr("webmap.commands.serve.refuse_taken_port", lambda *_: None)
    result = CliRunner().invoke(main, [*command, *QUIET[command]])
    assert result.exit_code == 0, result.output


def serve_the_map(app: Flask, host: str, port: int) -> None:
    """Answer one request in place of running a server."""
    assert (host, port) == ("127.0.0.1", 8000)
    assert app.test_client().get("/").status_code == 200


@pytest.mark.usefixtures("_no_network")
def test_the_guard_sees_a_connection(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    monkeypatch.setenv("PLANNED_WORKS_OVERPASS_URL", "http://127.0.0.1:9/api")
    with pytest.raises(ConnectionTried):
        CliRunner().invoke(main, ["gazetteer", "fetch", "--city", "无锡"])


def imports(file: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def test_only_few_modules_can_open_a_connection() -> None:
    files = [file for floor in ("geo", "layers", "webmap") for file in (ROOT / floor).rglob("*.py")]
    found = {
        file.relative_to(ROOT).as_posix()
        for file in files
        for name in imports(file)
        if name.split(".")[0] in NETWORK or name.startswith("urllib.request")
    }
    listening = {"webmap/server.py"}
    allowed = ("geo/gazetteer/overpass/", "geo/online/", "layers/postgis/")
    asking = {file for file in found if file.startswith(allowed)}
    assert found - listening == asking
