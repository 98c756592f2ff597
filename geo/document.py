"""From a plan's file to a Document: its text as decoded, its passages, what it says of itself."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from geo import metadata
from geo.errors import DocumentError, DocumentMissingError, DocumentTooLargeError
from geo.formats import extract_text
from geo.gazetteer.city_names import city_name
from geo.model import Document, Passage

MAX_BYTES = 20_000_000

# A run of two or more spaces inside a line stands for a paragraph in texts copied from web pages.
# Tabs alone, not behind a sentence, part the cells of a row copied from a table: some may be empty.
_BREAK = re.compile(
    r"[ \t\xa0\u2002\u2003\u3000]*\n\s*|(?!(?<![。；：!;:])\t+(?! ))[ \t\xa0\u2002\u2003\u3000]{2,}"
)
_NUMBERING = (
    r"[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|（[一二三四五六七八九十]+）"
    r"|第[一二三四五六七八九十]+[章节部篇]|#+\s"
)
_HEADING = re.compile(rf"(?:{_NUMBERING})[^。；;]{{2,60}}")
_HEADING_LENGTH = 60
# A line is wrapped, not short, from this many characters; its last stretch may be shorter.
_WRAPPED, _LAST_LINE = 30, 12
_ROW = re.compile(r"\t|\S\s*[|｜]")
_SENTENCE_END = tuple("。！？；：!?;:|】」”)）")


def read_document(path: Path, *, city: str | None = None, year: int | None = None) -> Document:
    """Read a plan; `city` and `year` override what the text says.

    A known city is called by its plain name (simplified, without 市), however it is written.

    Raises
    ------
    DocumentMissingError
        There is no such file.
    DocumentTooLargeError
        The file has more than 20 MB.
    DocumentEncodingError
        The bytes are no text in UTF-8, UTF-16, GB18030 or Big5.
    DocumentError
        The file cannot be opened, has a format that is not read, or holds no words.
    """
    data = _read(path)
    extracted = extract_text(data, path.name)
    text = extracted.text
    said = metadata.read_metadata(extracted.header + text, path.stem)
    return Document(
        document_id=metadata.slug(path.stem),
        title=said.title,
        city=said.city if city is None else city_name(city),
        year=said.year if year is None else year,
        issuer=said.issuer,
        text=text,
        sha256=hashlib.sha256(data).hexdigest(),
        passages=tuple(split_passages(text)),
        index_number=said.index_number,
        document_number=said.document_number,
    )


def split_passages(text: str) -> Iterator[Passage]:
    """Number the paragraphs of a text, each with the heading that it stands under."""
    section = ""
    for number, (start, end) in enumerate(_paragraphs(text), 1):
        words = text[start:end]
        heading = _HEADING.match(words)
        if heading and len(heading[0]) <= _HEADING_LENGTH:
            section = heading[0].strip()
        yield Passage(number, start, end, words, section)


def _read(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise DocumentTooLargeError(
                f"{path.name} has {size / 1e6:.0f} MB, more than any plan: give a text of at most "
                f"{MAX_BYTES // 1_000_000} MB."
            )
        return path.read_bytes()
    except FileNotFoundError as error:
        raise DocumentMissingError(f"There is no file {path}: check its name.") from error
    except OSError as error:
        raise DocumentError(
            f"{path} cannot be read ({error.strerror}): give a text file."
        ) from error


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Spans between breaks; lines that were wrapped in mid-sentence stay together."""
    start, end = 0, 0
    for piece_start, piece_end, gap in _pieces(text):
        if end and not _wrapped(
            text[max(start, end - 200) : end], gap, text[piece_start:piece_end]
        ):
            yield start, end
            start = piece_start
        elif not end:
            start = piece_start
        end = piece_end
    if end:
        yield start, end


def _pieces(text: str) -> Iterator[tuple[int, int, str]]:
    position, gap = 0, "\n\n"
    for found in _BREAK.finditer(text):
        if found.start() > position:
            yield position, found.start(), gap
            gap = ""
        gap += found[0]
        position = found.end()
    if text[position:].strip():
        yield position, len(text.rstrip()), gap


def _wrapped(before: str, gap: str, after: str) -> bool:
    """A long line without a sentence's end, right above a line that goes on in mid-sentence."""
    return (
        gap.count("\n") == 1
        and len(gap.strip("\r\n")) == 0
        and len(before) > _WRAPPED
        and not before.endswith(_SENTENCE_END)
        and not _ROW.search(before.rsplit("\n", 1)[-1])
        and not re.match(rf"{_NUMBERING}|[\d\-*•·(（【\[—]|[一-龥]{{2,8}}[：:]", after)
        and len(before.rsplit("\n", 1)[-1]) > _LAST_LINE
    )
