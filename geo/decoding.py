"""From the bytes of a file to its text, whichever of the usual encodings it was saved in."""

import re
from collections.abc import Iterator

import charset_normalizer

from geo.errors import DocumentEncodingError

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_SAMPLE = 200_000
LOST = "\ufffd"
# So many characters, and Chinese ones, a text has at least for each that is lost.
_WHOLE, _HAN_EACH = 100, 20
# Other bytes hardly ever look like this encoding.
_SURE = frozenset({"utf-8", "utf-8-sig"})
_HAN = re.compile(r"[\u4e00-\u9fff]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\x80-\x9f\ufffd\ue000-\uf8ff]")
_READABLE = re.compile(r"[\s!-~\u2000-\u206f\u3000-\u303f\uff00-\uffef\u4e00-\u9fff]")


def decode(data: bytes, name: str) -> str:
    """Decode UTF-8, UTF-16, GB18030 or Big5; `name` is the file's, for the message.

    Where a few bytes are damaged, each character that is lost with them is a U+FFFD.

    Raises
    ------
    DocumentEncodingError
        The bytes are no text in any of these.
    """
    encodings = list(_candidates(data))
    for encoding in encodings:
        text = _try(data, encoding)
        if text is None and encoding in _SURE:
            text = _in_spite(data, encoding)
        if text is not None and _is_text(text):
            return text
    mended = (text for encoding in encodings if (text := _in_spite(data, encoding)) is not None)
    text = min(filter(_is_text, mended), key=count_lost, default=None)
    if text is not None:
        return text
    raise DocumentEncodingError(
        f"{name} is no readable text: save it as plain text in UTF-8 and try again."
    )


def count_lost(text: str) -> int:
    """How many characters of a text could not be decoded, here or where it was copied from."""
    return text.count(LOST)


def tell_lost(name: str, lost: int) -> str:
    """Say how many characters of a file are lost."""
    characters = "1 character" if lost == 1 else f"{lost} characters"
    return f"{name}: {characters} lost to damaged bytes; each stands as {LOST} in the text."


def _candidates(data: bytes) -> Iterator[str]:
    yield from (encoding for bom, encoding in _BOMS if data.startswith(bom))
    yield "utf-8"
    if b"\x00" in data[:_SAMPLE]:
        yield from ("utf-16-le", "utf-16-be")
        return
    yield from _guesses(data[:_SAMPLE])


def _guesses(sample: bytes) -> list[str]:
    """GB18030 and Big5, the likelier one first."""
    isolated = ["gb18030", "big5"]
    best = charset_normalizer.from_bytes(sample, cp_isolation=isolated).best()
    if best is not None and best.encoding == "big5":
        return ["big5", "big5hkscs", "gb18030"]
    return ["gb18030", "big5", "big5hkscs"]


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeError:
        return None


def _in_spite(data: bytes, encoding: str) -> str | None:
    """Decode text of which few bytes are damaged; None where more are than a text has."""
    try:
        text = data.decode(encoding, errors="replace")
    except UnicodeError:
        return None
    is_chinese = len(_HAN.findall(text[:_SAMPLE])) > _HAN_EACH * count_lost(text[:_SAMPLE])
    return text if is_chinese and count_lost(text) <= max(1, len(text) // _WHOLE) else None


def _is_text(text: str) -> bool:
    """Tell text from bytes that happen to decode: few control signs, mostly common characters."""
    sample = text[:_SAMPLE]
    if len(_CONTROL.findall(sample)) > max(len(sample) // 200, count_lost(sample)):
        return False
    return len(_READABLE.findall(sample)) >= 0.8 * len(sample)
