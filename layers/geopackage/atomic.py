"""A file that is replaced whole or not at all, even when the program is killed."""

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from geo.errors import OutputError

try:
    import fcntl
except ImportError:  # a system without file locks: two builds at once then fail instead of waiting
    _LOCKS = False
else:
    _LOCKS = True


@contextlib.contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Give a path to write; when the block ends well, what was written replaces `target`.

    The path lies in a scratch folder beside the target, so that the replacing is one step of the
    file system. The scratch folder always has the same name: what a killed run left in it is
    cleared by the next. Runs that write into one folder wait for each other.

    Raises
    ------
    OutputError
        When the target cannot be replaced, or is in use by a program that has unsaved changes.
    """
    _refuse_folder(target)
    scratch = target.parent / f".{target.name}.part"
    with _translated(target), one_at_a_time(target.parent):
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir()
        try:
            yield scratch / target.name
            _put_in_place(scratch / target.name, target)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)


def _refuse_folder(target: Path) -> None:
    if not target.parent.is_dir():
        raise OutputError(f"{target}: the folder {target.parent} does not exist; create it first")
    if target.is_dir():
        raise OutputError(f"{target} is a folder; name a file")


@contextlib.contextmanager
def _translated(target: Path) -> Iterator[None]:
    try:
        yield
    except OutputError:
        raise
    except OSError as error:
        why = error.strerror or str(error)
        raise OutputError(f"{target} cannot be written ({why}); choose another place") from error


def _put_in_place(written: Path, target: Path) -> None:
    _refuse_unsaved(target)
    _sync(written)
    written.replace(target)
    _sync(target.parent)


def _refuse_unsaved(target: Path) -> None:
    """Refuse when another program has changes beside the target: they would spoil the new file."""
    for suffix in ("-wal", "-journal"):
        beside = target.with_name(target.name + suffix)
        if beside.is_file() and beside.stat().st_size:
            raise OutputError(
                f"{target} is in use ({beside.name} holds changes that are not saved); "
                "close it in the other program and build again"
            )


def _sync(path: Path) -> None:
    with contextlib.suppress(PermissionError):  # folders cannot be opened on every system
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextlib.contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Hold the folder's lock; the system frees it when this process ends, however it ends."""
    if not _LOCKS:
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # some network file systems lock no folders
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
