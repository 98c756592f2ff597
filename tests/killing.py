"""A process that is killed while it writes, for the tests of files that outlive it."""

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def killed_after(script: str, path: Path) -> Iterator[None]:
    """Run a script, that gets a path and says `written`, up to there; kill it after the block."""
    here = Path(__file__).parent
    environment = {**os.environ, "PYTHONPATH": f"{here.parent}{os.pathsep}{here}"}
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script), str(path)],
        stdout=subprocess.PIPE,
        env=environment,
        cwd=path.parent,
    )
    assert process.stdout is not None
    with process:
        assert process.stdout.readline() == b"written\n"
        yield
        process.send_signal(signal.SIGKILL)
