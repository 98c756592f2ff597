"""Zip files that do not tell when they were made, and that old programs read."""

import shutil
import zipfile
from pathlib import Path
from typing import Final

# The earliest time that a zip file knows: the same works give the same bytes.
_NO_TIME: Final = (1980, 1, 1, 0, 0, 0)
_BLOCK: Final = 1 << 20


def add_text(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    """Add a small member; its name may be Chinese."""
    archive.writestr(_member(name), content)


def add_file(archive: zipfile.ZipFile, file: Path, name: str) -> None:
    """Add a file of any size.

    Its size is told beforehand, so that only what is larger than 4 GB needs the newer format, which
    the readers of KMZ do not know.
    """
    member = _member(name)
    member.file_size = file.stat().st_size
    with file.open("rb") as source, archive.open(member, "w") as target:
        shutil.copyfileobj(source, target, _BLOCK)


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, _NO_TIME)
    member.compress_type = zipfile.ZIP_DEFLATED
    member.external_attr = 0o644 << 16
    return member
