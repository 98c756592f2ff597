"""Opens a text file of places, also inside a .zip, in UTF-8 or GB18030, within bounds."""

import codecs
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import IO

from geo.errors import GazetteerError

_BLOCK = 1 << 20
# All places of the world in one file are 1.6 GB, and shrink to a quarter.
_MAX_BYTES = 4 * 1024**3
_MAX_RATIO = 100
_MEMBERS = (".txt", ".csv", ".tsv")


@contextmanager
def open_text(path: Path) -> Iterator[TextIOWrapper]:
    """Open a text file, or the one text file of an archive, as lines.

    Raises
    ------
    GazetteerError
        When the archive is damaged, too large unpacked or holds no such file, or the text is in no
        known encoding.
    """
    try:
        with _opened(path) as raw:
            encoding = _encoding(raw)
        with _opened(path) as raw, TextIOWrapper(raw, encoding=encoding, newline="") as text:
            yield text
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise GazetteerError(
            f"{path}: the archive cannot be unpacked ({error}); download it again."
        ) from error
    except UnicodeDecodeError as error:
        raise GazetteerError(
            f"{path}: its text is neither UTF-8 nor GB18030 (byte {error.start} of a block); save "
            "it as UTF-8."
        ) from error


def member_name(path: Path) -> str:
    """Give the name of the text file: the file's own, or that of the archive's member."""
    if path.suffix.lower() != ".zip":
        return path.name
    try:
        with zipfile.ZipFile(path) as archive:
            return _member(path, archive).filename
    except zipfile.BadZipFile as error:
        raise GazetteerError(f"{path}: this is no .zip archive; download it again.") from error


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    if path.suffix.lower() != ".zip":
        with path.open("rb") as raw:
            yield raw
        return
    with zipfile.ZipFile(path) as archive, archive.open(_member(path, archive)) as raw:
        yield raw


def _member(path: Path, archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    """Give the largest text file of an archive; a read-me beside it is smaller."""
    texts = [info for info in archive.infolist() if info.filename.lower().endswith(_MEMBERS)]
    if not texts:
        raise GazetteerError(
            f"{path}: the archive holds no .txt or .csv file; unpack it and name the file inside."
        )
    chosen = max(texts, key=lambda info: info.file_size)
    if chosen.file_size > min(_MAX_BYTES, chosen.compress_size * _MAX_RATIO + _BLOCK):
        raise GazetteerError(
            f"{path}: unpacked it would be {chosen.file_size / 1e6:.0f} MB, more than such a file "
            "ever is; unpack it yourself if you trust it."
        )
    return chosen


def _encoding(raw: IO[bytes]) -> str:
    """Give utf-8-sig where all bytes are UTF-8, else gb18030, which must then decode it all."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while block := raw.read(_BLOCK):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8-sig"
