"""What all tests share: programs that a test needs and the machine may lack."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import factories
import pytest
from browsing import DESKTOP, PHONE, browser, opened, serving, watched
from hypothesis import settings
from online_server import Served
from online_server import serving as answering
from osm_files import OsmFile
from playwright.sync_api import Browser, Page
from postgres_server import Server, programs, running

from geo.home import HOME_VARIABLE
from layers.edits.log import EditLog
from layers.geopackage import write_geopackage
from webmap.commands.build import BUILT_IN, read_plans

# Random examples must not fail a run by being slow on a busy machine, nor one run in a hundred.
settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")


@pytest.fixture(scope="session", autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the places and caches of whoever runs the tests out of them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(HOME_VARIABLE, str(tmp_path_factory.mktemp("home")))
        yield


@pytest.fixture(scope="session")
def need_program() -> Callable[[str, str], str]:
    """Give a function that finds a program, or skips the test with its reason (fails under CI)."""

    def find(program: str, install: str) -> str:
        return shutil.which(program) or _missing(program, install)

    return find


@pytest.fixture(scope="module")
def chromium(need_program: Callable[[str, str], str]) -> Iterator[Browser]:
    """Run Chromium, or skip with the reason (fails under CI)."""
    with browser(need_program("chromium", "apt-get install chromium")) as chromium:
        yield chromium


@pytest.fixture(scope="module")
def address(example: Path) -> Iterator[str]:
    """Serve the example; a module that looks at other works serves its own."""
    with serving(example) as address:
        yield address


@pytest.fixture
def page(chromium: Browser, address: str) -> Iterator[Page]:
    """Open the map on a desktop, and watch it."""
    with watched(chromium) as page:
        yield opened(page, f"{address}/")


@pytest.fixture
def phone(chromium: Browser, address: str) -> Iterator[Page]:
    """Open the map on a phone, and watch it."""
    with watched(chromium, PHONE) as page:
        yield opened(page, f"{address}/")


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desktop", "phone"])
def any_page(request: pytest.FixtureRequest, chromium: Browser, address: str) -> Iterator[Page]:
    """Open the map on each of both, and watch it."""
    with watched(chromium, request.param) as page:
        yield opened(page, f"{address}/")


def _missing(program: str, install: str) -> NoReturn:
    reason = f"{program} is missing; install it with: {install}"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    """Run a server that answers as an online geocoder does; no proxy stands before it."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with answering() as served:
        yield served


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """Run a PostgreSQL with PostGIS of our own, or skip with the reason (fails under CI)."""
    home = programs()
    if home is None:
        _missing("PostgreSQL with PostGIS", "apt-get install postgresql-postgis")
    with running(home) as server:
        yield server


@pytest.fixture(scope="session")
def shared() -> Path:
    """Folder of documents annotated by hand that lies beside some checkouts; skips without it."""
    folder = Path(__file__).resolve().parent.parent.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the annotated documents are not beside this checkout")
    return folder


@pytest.fixture
def database(postgres: Server) -> str:
    """Give the address of a database with PostGIS and nothing else."""
    return postgres.emptied()


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a GeoPackage of a plan with one work of each precision."""
    path = tmp_path_factory.mktemp("example") / "works.gpkg"
    write_geopackage(path, [factories.example()])
    return path


@pytest.fixture(scope="session")
def built_wuxi(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the built-in plan, once for all tests that need what people first meet."""
    path = tmp_path_factory.mktemp("built") / "works.gpkg"
    write_geopackage(path, read_plans((BUILT_IN,), city=None, year=None))
    return path


@pytest.fixture
def osm() -> OsmFile:
    """Give an extract of OpenStreetMap to fill."""
    return OsmFile()


@pytest.fixture
def library_path(tmp_path: Path) -> Path:
    """Give the path of a library that is not there yet."""
    return tmp_path / "gazetteer.sqlite"


@pytest.fixture
def works(tmp_path: Path) -> Path:
    """Write the example's works file."""
    path = tmp_path / "works.gpkg"
    write_geopackage(path, [factories.example()])
    return path


@pytest.fixture
def log(tmp_path: Path) -> EditLog:
    """Give a log of corrections that is not there yet."""
    return EditLog(tmp_path / "edits.sqlite")
