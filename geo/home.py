"""Where the user's own things lie that outlive a build: imported places, caches, edits."""

import os
from pathlib import Path

from platformdirs import user_data_path

HOME_VARIABLE = "PLANNED_WORKS_HOME"


def home_path(*parts: str) -> Path:
    """Path below the folder that PLANNED_WORKS_HOME names (else the platform's for user data)."""
    named = os.environ.get(HOME_VARIABLE, "").strip()
    base = Path(named).expanduser() if named else user_data_path("planned-works", appauthor=False)
    return base.joinpath(*parts)
