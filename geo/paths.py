"""Where the program's data lie, in a checkout and in an installed wheel alike."""

from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent


def data_path(*parts: str) -> Path:
    """Path below `data/` (a checkout) or `planned_works_data/` (an installed wheel)."""
    checkout = _ROOT / "data"
    base = checkout if (checkout / "README.md").is_file() else _ROOT / "planned_works_data"
    return base.joinpath(*parts)
