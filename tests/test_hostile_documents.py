"""Files that are no plans, damaged ones and hostile ones: one sentence each, in bounded time."""

import io
import random
import time
import tracemalloc
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from written_files import TEXT, WORD, good_docx, locked, package, word_file, written_pdf

from geo.document import MAX_BYTES, read_document
from geo.errors import DocumentEncodingError, DocumentError, DocumentTooLargeError
from geo.formats import MAX_CHARACTERS, docx, extract_text, pdf
from geo.formats.page_lines import MAX_DEPTH
from geo.formats.recognise import MAX_MEMBERS

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
PAGE = "<html><meta charset=utf-8><table><tr><td>甲<td>乙</table><p>建设公园。</p></html>".encode()


@contextmanager
def bounded(seconds: float = 30) -> Iterator[None]:
    start = time.process_time()
    yield
    assert time.process_time() - start < seconds


def sentence_about(data: bytes, name: str) -> str:
    """The one sentence that reading the file gives."""
    with bounded(), pytest.raises(DocumentError) as caught:
        extract_text(data, name)
    said = str(caught.value)
    assert said.startswith(name)
    assert said.endswith(".")
    assert "\n" not in said
    return said


@pytest.mark.parametrize(
    ("name", "data", "advice"),
    [
        ("plan.doc", OLE, "save it as .docx"),
        ("plan.wps", OLE, "save it as .docx"),
        ("plan.xls", OLE + "Workbook".encode("utf-16-le"), "copy the plan's words"),
        ("plan.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("plan.rtf", b"{\\rtf1\\ansi plan}", "save it as .docx"),
        ("plan.png", b"\x89PNG\r\n\x1a\n" + bytes(64), "OCR"),
        ("plan.jpg", b"\xff\xd8\xff\xe0" + bytes(64), "OCR"),
        ("plan.webp", b"RIFF\x00\x00\x00\x00WEBPVP8 ", "OCR"),
        ("plan.bmp", b"BM\x00\x00\x00\x00" + bytes(64), "OCR"),
        ("plan.tif", b"II*\x00" + bytes(64), "OCR"),
        ("plan.txt", b"Rar!\x1a\x07\x00", "unpack"),
        ("plan.gz", b"\x1f\x8b\x08" + bytes(64), "unpack"),
        ("plan.zip", package(**{"plan.txt": "建设公园。"}), "unpack"),
        ("plan.xlsx", package(**{"xl__workbook.xml": "<x/>"}), "copy the plan's words"),
        ("plan.pptx", package(**{"ppt__presentation.xml": "<x/>"}), "save it as .docx"),
        ("plan.odt", package(**{"content.xml": "<x/>"}), "save it as .docx"),
        ("plan.ofd", package(**{"OFD.xml": "<x/>"}), "save it as .pdf"),
    ],
)
def test_a_format_that_is_not_read_is_named_with_what_to_do(
    name: str, data: bytes, advice: str
) -> None:
    assert advice in sentence_about(data, name)


@pytest.mark.parametrize(
    ("data", "advice"),
    [
        (written_pdf(b"q Q"), "pictures of pages"),
        (locked(written_pdf(TEXT), "secret"), "without one"),
        (written_pdf(TEXT)[:200], "print it to a new PDF"),
        (b"%PDF-1.7\n" + b"\x00\xff" * 500, "print it to a new PDF"),
        (written_pdf(TEXT, pages=pdf.MAX_PAGES + 1), "more than any plan"),
        (written_pdf(b"BT (" + b"x" * 30_000_000 + b") Tj ET"), "print it to a new PDF"),
        (written_pdf(TEXT * 100_000), "print it to a new PDF"),
        (written_pdf(b"[" * 100_000), "print it to a new PDF"),
        (written_pdf(b"BT /F1 12 Tf (" + b"\\001" * 200 + b") Tj ET"), "OCR"),
    ],
    ids=["scanned", "locked", "cut", "noise", "long", "bomb", "steps", "nested", "unreadable"],
)
def test_a_pdf_file_without_readable_words_says_what_to_do(data: bytes, advice: str) -> None:
    assert advice in sentence_about(data, "plan.pdf")


def test_a_pdf_file_that_only_forbids_printing_is_read() -> None:
    assert extract_text(written_pdf(TEXT), "plan.pdf").text == "A plan of works"
    assert extract_text(locked(written_pdf(TEXT), ""), "plan.pdf").text == "A plan of works"


def test_a_pdf_file_that_draws_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MAX_SECONDS", -1)
    assert "seconds" in sentence_about(written_pdf(TEXT), "plan.pdf")


def test_the_reader_of_pdf_files_says_nothing_in_the_terminal(
    caplog: pytest.LogCaptureFixture,
) -> None:
    sentence_about(b"%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 1 0 R>> endobj\n", "plan.pdf")
    assert not caplog.records


@pytest.mark.parametrize(
    ("xml", "kind"),
    [
        (f"<w:document {WORD}><w:t>" + "x" * 60_000_000, DocumentTooLargeError),
        (f"<w:document {WORD}>" + "<a/>" * 2_000_000, DocumentTooLargeError),
        (f"<w:document {WORD}>" + "<w:p>" * 5_000, DocumentError),
        (f"<w:document {WORD}>" + "<w:p>" * 240 + "</w:p>" * 240 + "</w:document>", DocumentError),
        ("no XML at all", DocumentError),
        ("", DocumentError),
    ],
    ids=["bomb", "elements", "deep", "less deep", "text", "nothing"],
)
def test_a_hostile_word_file_is_one_sentence(xml: str, kind: type[DocumentError]) -> None:
    with bounded(), pytest.raises(kind):
        extract_text(word_file(xml), "plan.docx")


def test_a_zip_bomb_is_unpacked_no_further_than_its_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx, "MAX_XML_BYTES", 1_000_000)
    data = word_file("x" * 60_000_000)
    tracemalloc.start()
    assert "unpacks" in sentence_about(data, "plan.docx")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 10_000_000


def test_a_word_file_that_lies_about_its_size_is_damaged() -> None:
    data = word_file(f"<w:document {WORD}><w:t>" + "x" * 60_000_000)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        size = archive.infolist()[0].file_size
    lying = data.replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little"))
    assert "damaged" in sentence_about(lying, "plan.docx")


def test_a_word_file_of_endless_parts_is_not_even_listed() -> None:
    data = package(**{f"part{number}": b"" for number in range(MAX_MEMBERS + 1)})
    assert "more parts" in sentence_about(data, "plan.docx")


def test_entities_of_a_word_file_are_neither_expanded_nor_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    entity = f'<!DOCTYPE d [<!ENTITY e SYSTEM "{secret.as_uri()}"><!ENTITY f "{"x" * 99}">]>'
    xml = f"{entity}<w:document {WORD}><w:p><w:t>建设公园&e;&f;</w:t></w:p></w:document>"
    assert extract_text(word_file(xml), "plan.docx").text == "建设公园"


@pytest.mark.parametrize(
    "page",
    [
        b"<html>" + b"<div>" * (MAX_DEPTH + 1),
        b"<html>" + b"<b>" * 400 + b"</i>" * 400_000,
        b"<html>" + b"<b>" * 200_000 + b"</i>" * 200_000,
        b"<html><p " + b"".join(b"a%d=1 " % number for number in range(300_000)) + b">",
        b"<html>" + b"<?x" * 400_000 + b"x" * 15_000_000,
        b"<html>" + b"<?x" * 400_000 + b"x" * 8_000_000,
        b"<html>" + b"<script>" * 400_000,
        b"<html>" + b"<?x" * 400_000,
        b"<html><script>document.write('plan')</script>",
        b"<html>",
    ],
    ids="deep ends unclosed attributes huge large script signs built empty".split(),  # noqa: SIM905
)
def test_a_hostile_page_is_one_sentence(page: bytes) -> None:
    sentence_about(page, "plan.html")


def test_a_page_of_endless_paragraphs_is_not_even_parsed() -> None:
    assert "larger than" in sentence_about(b"<html>" + b"<p>x" * 600_000, "plan.html")


def test_a_mail_that_declares_an_impossible_encoding_is_read_by_its_bytes() -> None:
    head = b'Content-Type: multipart/related; boundary="b0"\n\n--b0\n'
    mail = head + b"Content-Type: text/html; charset=a\x00b\n\n<html><p>plan</p>"
    assert extract_text(mail, "plan.mhtml").text == "plan"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"\n" * 600_000, "more lines"),
        (b"--b0\nContent-Type: text/css\n\np {}", "no web page"),
    ],
    ids=["lines", "style"],
)
def test_a_mail_without_a_page_is_one_sentence(body: bytes, said: str) -> None:
    head = b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b0"\n\n'
    assert said in sentence_about(head + body, "plan.mhtml")


def test_a_mail_nested_without_end_is_one_sentence() -> None:
    nested = (
        b'Content-Type: multipart/related; boundary="b%d"\n\n--b%d\n' % (depth, depth)
        for depth in range(3_000)
    )
    sentence_about(b"".join(nested), "plan.mhtml")


@pytest.mark.parametrize(
    "data",
    [bytes(100_000), b"\xff" * 100_000, random.Random(0).randbytes(100_000)],  # noqa: S311
    ids=["null", "ones", "random"],
)
def test_bytes_that_are_no_text_are_refused_as_such(data: bytes) -> None:
    with bounded(), pytest.raises(DocumentEncodingError):
        extract_text(data, "plan.txt")


@pytest.mark.parametrize("data", [b"", b"\n \t", "\ufeff　".encode()])
def test_a_file_without_words_is_called_empty(data: bytes) -> None:
    assert "empty" in sentence_about(data, "plan.txt")


def test_a_text_longer_than_any_plan_is_refused() -> None:
    assert "million" in sentence_about(b"a " * MAX_CHARACTERS, "plan.txt")


def test_a_file_larger_than_any_plan_is_not_even_opened(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    with path.open("wb") as file:
        file.truncate(10 * MAX_BYTES)
    with bounded(1), pytest.raises(DocumentTooLargeError):
        read_document(path)


def is_read_or_refused(data: bytes, name: str) -> None:
    with suppress(DocumentError):
        assert extract_text(data, name).text


@given(
    st.sampled_from([b"", b"%PDF-1.7\n", b"PK\x03\x04", b"<html>", b"\xff\xfe", b"{\\rtf", OLE]),
    st.binary(max_size=400),
)
def test_random_bytes_are_read_or_refused(start: bytes, rest: bytes) -> None:
    is_read_or_refused(start + rest, "plan")


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=60), st.sampled_from(["utf-8", "utf-16", "gb18030"]))
def test_a_page_of_any_words_is_read_or_refused(words: str, encoding: str) -> None:
    data = f"<html><p>{words}</p>".encode(encoding, errors="replace")
    is_read_or_refused(data, "plan.html")


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("name", ["plan.docx", "plan.pdf", "plan.html"])
def test_damaged_files_are_read_or_refused(name: str, seed: int) -> None:
    whole = {"plan.docx": good_docx(), "plan.pdf": written_pdf(TEXT), "plan.html": PAGE}[name]
    chance = random.Random(seed)  # noqa: S311  # no secret
    with bounded(60):
        for _ in range(60):
            is_read_or_refused(damaged(whole, chance), name)


def damaged(data: bytes, chance: random.Random) -> bytes:
    """A copy with some bytes changed, and with a piece cut out or doubled."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 12)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    start, length = chance.randrange(len(changed)), chance.randint(0, 200)
    piece = bytes(changed[start : start + length])
    changed[start : start + length] = chance.choice([b"", piece * 2, piece])
    return bytes(changed)
