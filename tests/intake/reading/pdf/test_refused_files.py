"""Files that cannot be read are told in a sentence, within bounded time and memory."""

from __future__ import annotations

import zlib
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.intake.reading.pdf.paper import Page, pdf

from steelyard.intake.reading.pdf import opened, read_pdf, rules
from steelyard.intake.reading.pdf.read_pdf import read_pdf as read
from steelyard.intake.reading.unreadable import Unreadable

WORDS = "评价工作组开展了现场核查。"


def text_page() -> Page:
    return Page().text(50, 400, WORDS)


def refusal(content: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        read("附件.pdf", content)
    assert caught.value.where == "附件.pdf"
    assert caught.value.mend
    return caught.value.what


class TestFilesThatAreRefused:
    def test_no_pdf(self) -> None:
        assert "不是 PDF" in refusal(b"hello")
        assert "不是 PDF" in refusal(b"")

    def test_a_file_that_was_cut_off(self) -> None:
        whole = pdf(*[text_page()] * 9)
        assert "不完整" in refusal(whole[: len(whole) // 2])

    def test_a_damaged_file(self) -> None:
        assert "损坏" in refusal(b"%PDF-1.7\n" + b"x" * 500 + b"\n%%EOF")

    def test_an_encrypted_file(self) -> None:
        lock = b"/Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s>" % (b"ab" * 32, b"cd" * 32)
        trailer = b"/Encrypt << %s >> /ID [<00><00>]" % lock
        assert "已加密" in refusal(pdf(text_page(), trailer=trailer))

    def test_no_pages(self) -> None:
        assert "没有一页" in refusal(pdf())

    def test_too_many_pages(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(opened, "MOST_PAGES", 2)
        assert "有3页，超过上限2页" in refusal(pdf(*[text_page()] * 3))

    def test_too_large_a_file(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(opened, "LARGEST", 2**20)
        assert "超过上限1MB" in refusal(pdf(text_page()) + b" " * 2**21)

    def test_a_scan(self) -> None:
        assert "扫描件，第1页是图片" in refusal(pdf(Page().picture()))
        assert "第1至5页是图片" in refusal(pdf(*[Page().picture()] * 5))

    def test_a_scan_with_a_printed_header_and_footer(self) -> None:
        pages = [
            Page().picture().text(50, 480, "某某局绩效评价报告").text(190, 10, f"第{n}页，共5页")
            for n in range(1, 6)
        ]
        assert "第1至5页是图片，没有读到正文" in refusal(pdf(*pages))

    def test_a_scan_with_a_page_of_words(self) -> None:
        said = refusal(pdf(text_page(), *[Page().picture()] * 9))
        assert "第2至10页是图片，没有读到正文，只有第1页有文字" in said

    def test_blank_pages(self) -> None:
        assert "没有文字" in refusal(pdf(Page()))

    def test_fonts_that_do_not_say_what_they_mean(self) -> None:
        assert "字体没有对应表" in refusal(pdf(text_page().mute(50, 300, 30)))

    def test_a_stream_that_swells(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(opened, "_SWOLLEN", 2**20)
        page = text_page().draw(" " * 2**21)
        assert "展开后过大" in refusal(pdf(page))
        twice = pdf(text_page()).replace(
            b"/Filter /FlateDecode", b"/Filter [/FlateDecode /FlateDecode]"
        )
        assert "展开后过大" in refusal(twice)

    def test_far_too_much_drawn(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(read_pdf, "MOST_DRAWN", 100)
        assert "过多" in refusal(pdf(text_page().draw("0 0 m 9 9 l S " * 200)))


class TestFilesThatAreReadInPart:
    def test_scanned_pages_are_named(self) -> None:
        document = read("附件.pdf", pdf(*[text_page()] * 4, Page().picture(), Page().picture()))
        assert document.remarks == ("第5至6页是图片，没有读到正文。",)
        assert document.pages == 6

    def test_pages_of_words_before_more_scanned_ones_are_read(self) -> None:
        document = read("附件.pdf", pdf(*[text_page()] * 2, *[Page().picture()] * 3))
        assert document.remarks == ("第3至5页是图片，没有读到正文。",)
        assert len(document.blocks) == 2

    def test_recognised_pages_are_named(self) -> None:
        document = read("附件.pdf", pdf(text_page().picture().text(50, 350, WORDS)))
        assert "请与原件核对" in document.remarks[0]

    def test_pages_with_unknown_characters_are_named(self) -> None:
        pages = [Page() for _ in range(5)]
        for page in pages:
            for line in range(20):
                page.text(50, 450 - 20 * line, WORDS * 2)
        document = read("附件.pdf", pdf(*pages, text_page().mute(50, 300, 10)))
        assert document.remarks == ("第6页有字符无法识别（字体没有对应表）。",)

    def test_a_page_full_of_ruling_keeps_its_words(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(rules, "MOST_RULES", 100)
        page = text_page()
        for n in range(120):
            page.draw(f"0 {4 * n} m 400 {4 * n} l S 200 {4 * n} m 200 {4 * n + 4} l S")
        document = read("附件.pdf", pdf(page))
        assert "内容过多" in document.remarks[0]
        assert not list(document.tables)

    def test_a_page_full_of_objects_keeps_its_words(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(rules, "MOST_OBJECTS", 100)
        document = read("附件.pdf", pdf(text_page().draw("0 0 m 90 0 l S " * 200)))
        assert "内容过多" in document.remarks[0]
        assert len(document.blocks) == 1

    def test_progress_is_told_page_by_page(self) -> None:
        told: list[tuple[int, int]] = []
        read("附件.pdf", pdf(*[text_page()] * 3), lambda done, of: told.append((done, of)))
        assert told == [(1, 3), (2, 3), (3, 3)]


WHOLE = pdf(
    Page().cells([50, 150, 250], [400, 380, 360], [["项目", "金额"], ["甲", "12.5"]]),
    text_page().picture(),
)

NUMBERS = ("0", "1", "-1", "72", "400", "1e30", "1e-30")
OPERATORS = (*NUMBERS, "m", "l", "re", "f", "S", "c", "h", "q", "Q", "cm", "n", "B", "Tj")


class TestDamage:
    @settings(max_examples=40)
    @given(
        st.lists(
            st.tuples(st.integers(0, len(WHOLE) - 1), st.binary(min_size=1, max_size=4)),
            min_size=1,
            max_size=6,
        )
    )
    def test_of_single_bytes_is_read_or_told(self, changes: list[tuple[int, bytes]]) -> None:
        damaged = bytearray(WHOLE)
        for place, new in changes:
            damaged[place : place + len(new)] = new
        with suppress(Unreadable):
            assert read("附件.pdf", bytes(damaged)).pages

    @settings(max_examples=30)
    @given(st.lists(st.sampled_from(OPERATORS)))
    def test_of_drawing_is_read(self, operators: list[str]) -> None:
        document = read("附件.pdf", pdf(text_page().draw(" ".join(operators)).draw("h S")))
        assert document.pages == 1


def test_compressed_streams_are_measured_as_they_are() -> None:
    packed = zlib.compress(b"x" * 100_000)
    assert opened._unpacked_size(memoryview(packed)) == 100_000  # noqa: SLF001 - the bound itself
