"""Plain text, in whichever of the usual encodings it was saved."""

from geo.decoding import decode
from geo.formats.extracted import Extracted


def extract_plain(data: bytes, name: str) -> Extracted:
    """Decode a text file.

    Raises
    ------
    DocumentEncodingError
        The bytes are no text.
    """
    return Extracted(decode(data, name))
