"""Word files: paragraphs, tables and text boxes of the main part, in the document's order.

Only this part is unpacked, within a bound, and walked as XML without entities: text that was
inserted with changes tracked and text in content controls and boxes are read like any other.
"""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO

from lxml import etree

from geo.errors import DocumentError, DocumentTooLargeError
from geo.formats.extracted import Extracted, join_paragraphs

MAX_XML_BYTES = 50_000_000
MAX_ELEMENTS = 1_500_000

_MAIN_PART = re.compile(r"word/document\d*\.xml")
# Properties, what was deleted or moved away, second copies of a drawing, readings above characters.
_UNREAD = frozenset(
    {"pPr", "rPr", "tblPr", "trPr", "tcPr", "sdtPr", "sectPr", "del", "moveFrom", "Fallback", "rt"}
)
_WRAPPERS = frozenset({"sdt", "sdtContent", "customXml", "ins", "moveTo"})
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def extract_docx(data: bytes, name: str) -> Extracted:
    """Read a .docx file.

    Raises
    ------
    DocumentTooLargeError
        It unpacks to more than a plan ever holds.
    DocumentError
        It is damaged or locked.
    """
    return Extracted(join_paragraphs(_blocks(_parse(_main_part(data, name), name))))


def _main_part(data: bytes, name: str) -> bytes:
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            part = next(filter(_MAIN_PART.fullmatch, package.namelist()), "")
            # Read with a bound of our own: the size that the file states may be a lie.
            with package.open(part) as stream:
                xml = stream.read(MAX_XML_BYTES + 1)
    except Exception as error:  # a hostile file raises many kinds
        raise DocumentError(_damaged(name)) from error
    if len(xml) > MAX_XML_BYTES or xml.count(b"<") - xml.count(b"</") > MAX_ELEMENTS:
        raise DocumentTooLargeError(
            f"{name} unpacks to more than any plan: copy its words into a new .docx or .txt file."
        )
    return xml


def _parse(xml: bytes, name: str) -> etree._Element:
    # The parser refuses elements nested deeper than 256, so that the walk may recurse.
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
    )
    try:
        return etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        raise DocumentError(_damaged(name)) from error


def _damaged(name: str) -> str:
    return f"{name} is damaged or locked: open it in Word and save a new copy without a password."


def _kind(element: etree._Element) -> str:
    """Name of an element without its namespace; "" for what is none (an entity)."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _blocks(element: etree._Element) -> Iterator[str]:
    for child in element:
        kind = _kind(child)
        if kind == "p":
            yield from _paragraph(child)
        elif kind == "tbl":
            yield from _table(child)
        elif kind not in _UNREAD:
            yield from _blocks(child)


def _paragraph(paragraph: etree._Element) -> Iterator[str]:
    """The paragraph's text, then that of the boxes anchored in it."""
    boxes: list[etree._Element] = []
    yield "".join(_inline(paragraph, boxes))
    for box in boxes:
        yield from _blocks(box)


def _inline(element: etree._Element, boxes: list[etree._Element]) -> Iterator[str]:
    for child in element:
        kind = _kind(child)
        if kind == "t":
            yield child.text or ""
        elif kind in _SIGNS:
            yield _SIGNS[kind]
        elif kind == "txbxContent":
            boxes.append(child)
        elif kind not in _UNREAD:
            yield from _inline(child, boxes)


def _table(table: etree._Element) -> Iterator[str]:
    """A line for each row, its cells joined; a row of a single cell only frames its paragraphs."""
    for row in _members(table, "tr"):
        cells = list(_members(row, "tc"))
        if len(cells) == 1:
            yield from _blocks(cells[0])
        else:
            yield " | ".join(_cell(cell) for cell in cells)


def _members(element: etree._Element, kind: str) -> Iterator[etree._Element]:
    """Rows or cells, also where a content control or a tracked change wraps them."""
    for child in element:
        if _kind(child) == kind:
            yield child
        elif _kind(child) in _WRAPPERS:
            yield from _members(child, kind)


def _cell(cell: etree._Element) -> str:
    return " ".join(" ".join(_blocks(cell)).split())
