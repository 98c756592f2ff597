"""Run a script in real QGIS, which only the system's Python has, and give what it reports."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

PROGRAM = ("qgis", "apt-get install qgis python3-qgis")
"""What a test needs, and how it is installed."""


def in_qgis(script: str, home: Path, *arguments: object) -> dict[str, Any]:
    """Give the report that a script beside this file prints; without a screen."""
    path = Path(__file__).with_name(script)
    command = ["/usr/bin/python3", "-B", str(path), *map(str, arguments)]
    environment = {"HOME": str(home), "PATH": os.environ["PATH"], "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found
