"""What is read of a file: the text that all offsets count in, and what the file says of itself."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Extracted:
    """A text, and hints as the file gives them ("" where it does not).

    `published` is a date as printed; `issuer` published the text, `site` is the web site's owner.
    """

    text: str
    title: str = ""
    published: str = ""
    issuer: str = ""
    site: str = ""

    @property
    def header(self) -> str:
        """The hints as labelled lines, as the head of an official page prints them."""
        hints = (
            ("标题", self.title),
            ("发布日期", self.published),
            ("发布机构", self.issuer),
            ("主办单位", self.site),
        )
        return "".join(f"{label}: {value}\n" for label, value in hints if value)


def join_paragraphs(paragraphs: Iterable[str]) -> str:
    """One text of paragraphs, with an empty line between them, so that none is taken for a line."""
    return "\n\n".join(filter(None, (paragraph.strip() for paragraph in paragraphs)))
