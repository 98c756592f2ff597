"""Text that may stand in an XML document, whatever it comes from."""

import re
from typing import Final

# XML 1.0 has no way to write these, not even as an entity.
_FORBIDDEN: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def legal(text: str) -> str:
    """Put the replacement character in the place of each one that no XML document can hold."""
    return _FORBIDDEN.sub("\ufffd", text)
