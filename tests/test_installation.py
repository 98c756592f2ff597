"""The program works from an installed wheel, outside the checkout."""

import os
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder into which the project's wheel was built and unpacked, with no network."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    source = folder / "source"
    copy = ["git", "-C", str(ROOT), "checkout-index", "--all", f"--prefix={source}/"]
    subprocess.run(copy, check=True, capture_output=True)
    for made in (Path("webmap", "static", "vendor"), Path("webmap", "static", "built")):
        if not (ROOT / made).is_dir():
            pytest.fail("the front end is not made ready: run make setup first")
        (source / made).symlink_to(ROOT / made)
    subprocess.run([*build, str(source)], check=True, capture_output=True)
    wheel = next(folder.glob("*.whl"))
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def run(installed: Path, folder: Path, code: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_the_wheel_builds_the_built_in_plan_outside_the_checkout(
    installed: Path, tmp_path: Path
) -> None:
    run(installed, tmp_path, "import sys; sys.argv[1:] = ['build']; import webmap.__main__")
    assert (tmp_path / "works.gpkg").stat().st_size > 100_000


def test_the_wheel_serves_the_page_with_its_assets(installed: Path, tmp_path: Path) -> None:
    code = """
import sys
import tomllib
from pathlib import Path
import geo.paths
assert geo.paths.__file__.startswith(sys.argv[1]), geo.paths.__file__
from click.testing import CliRunner
from webmap.cli import main
assert CliRunner().invoke(main, ["build"]).exit_code == 0
from webmap import create_app
client = create_app({"WORKS_FILE": Path("works.gpkg")}).test_client()
for path in ("/", "/static/vendor/leaflet/leaflet.js", "/static/built/map_page.js"):
    print(client.get(path).status_code)
""".replace("sys.argv[1]", repr(str(installed)))
    assert run(installed, tmp_path, code).split() == ["200", "200", "200"]


def test_every_package_travels_in_the_wheel() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        listed = set(tomllib.load(file)["tool"]["setuptools"]["packages"])
    found = {
        ".".join(init.parent.relative_to(ROOT).parts)
        for floor in ("geo", "layers", "webmap")
        for init in (ROOT / floor).rglob("__init__.py")
    }
    assert found - listed == set()
