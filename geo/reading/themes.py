"""Step: the theme of a work, from its head noun or that of its list."""

from geo.model import Theme
from geo.reading.lists import Member


def read_theme(member: Member) -> Theme:
    """Own head noun first; hills and waters take what their list says is done (湿地管护)."""
    own = member.noun.head
    tail = member.tail.head if member.tail else None
    if own is not None and own.theme is not None and own.kind != "natural":
        return own.theme
    if tail is not None and tail.theme is not None:
        return tail.theme
    if member.head is not None and member.head.theme is not None:
        return member.head.theme
    return Theme.INDUSTRY if member.tail and "产业" in member.tail.core else Theme.OTHER
