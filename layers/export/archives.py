"""Members of zip files that do not tell when they were made."""

import zipfile
from typing import Final

# The earliest time that a zip file knows: the same works give the same bytes.
_NO_TIME: Final = (1980, 1, 1, 0, 0, 0)


def plain_member(name: str) -> zipfile.ZipInfo:
    """Describe a member to be compressed under a name, which may be Chinese."""
    member = zipfile.ZipInfo(name, _NO_TIME)
    member.compress_type = zipfile.ZIP_DEFLATED
    member.external_attr = 0o644 << 16
    return member
