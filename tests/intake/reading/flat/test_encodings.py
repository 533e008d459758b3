"""The bytes of a text file become characters, or the file is refused."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from steelyard.intake.reading.document import Document, Paragraph
from steelyard.intake.reading.flat import decoding
from steelyard.intake.reading.flat.decoding import decoded
from steelyard.intake.reading.flat.read_text import read_text
from steelyard.intake.reading.unreadable import Unreadable

TEXT = "一、基本情况\r\n全年预算 60.5 万元。\r\n"


class TestTheEncoding:
    @pytest.mark.parametrize(
        "content",
        [
            TEXT.encode(),
            codecs.BOM_UTF8 + TEXT.encode(),
            TEXT.encode("gb18030"),
            codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
            codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        ],
        ids=["utf-8", "utf-8 with mark", "gb18030", "utf-16 little", "utf-16 big"],
    )
    def test_is_told_by_the_bytes(self, content: bytes) -> None:
        assert decoded("甲.txt", content) == TEXT

    def test_changes_no_line_number(self) -> None:
        document = read_text("甲.txt", codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"))
        lines = [
            spot.line
            for block in document.blocks
            if isinstance(block, Paragraph)
            for spot in block.words.spots
        ]
        assert lines == [1, 2]


class TestARefusedFile:
    @pytest.mark.parametrize(
        ("content", "because"),
        [
            (b"", "没有文字"),
            (b" \r\n\t\f", "没有文字"),
            (b"%PDF-1.7\n1 0 obj", "不是纯文本"),
            (b"PK\x03\x04\x14\x00", "不是纯文本"),
            (b"\x89PNG\r\n\x1a\n", "不是纯文本"),
            (bytes(range(128, 256)), "认不出文字编码"),
            ("甲乙\x01\x02\x03丙".encode(), "乱码过多"),
            (codecs.BOM_UTF16_LE + b"\x00\xd8a", "认不出文字编码"),
        ],
    )
    def test_says_what_is_wrong(self, content: bytes, because: str) -> None:
        with pytest.raises(Unreadable, match=because):
            read_text("甲.txt", content)

    @pytest.mark.parametrize(
        ("bound", "value", "because"),
        [("MOST_BYTES", 8, "50 MB"), ("MOST_LINES", 1, "行")],
    )
    def test_is_too_large(
        self, monkeypatch: pytest.MonkeyPatch, bound: str, value: int, because: str
    ) -> None:
        monkeypatch.setattr(decoding, bound, value)
        with pytest.raises(Unreadable, match=because):
            read_text("甲.txt", TEXT.encode())

    def test_has_a_line_without_end(self) -> None:
        with pytest.raises(Unreadable, match="一百万字"):
            read_text("甲.txt", b"a" * (decoding.LONGEST_LINE + 1))


class TestAnyBytes:
    @settings(max_examples=40)
    @given(st.binary(max_size=300))
    @example(b"\xff\xfe")
    @example(b"\x84\x31\xa4\x37")
    def test_are_a_document_or_refused(self, content: bytes) -> None:
        try:
            document = read_text("甲.txt", content)
        except Unreadable:
            return
        assert isinstance(document, Document)
