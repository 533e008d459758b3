"""Templates that could run, burst or not open are refused, with a sentence."""

from __future__ import annotations

import io
import zipfile

import pytest
from tests.report.sample_document import sample_document
from tests.report.word.package_parts import packed, parts

from steelyard.report.word.markup import W
from steelyard.report.word.template import BadTemplate
from steelyard.report.word.writer import word_file


def refused(template: bytes) -> str:
    with pytest.raises(BadTemplate) as caught:
        word_file(sample_document(), template=template)
    assert caught.value.code == "report.bad-template"
    assert caught.value.mend
    return str(caught.value)


class TestATemplate:
    @pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04broken"])
    def test_that_is_no_word_file_is_refused(self, content: bytes) -> None:
        assert "不是 .docx" in refused(content)

    def test_that_is_a_workbook_is_refused(self) -> None:
        book = parts(word_file(sample_document()))["word/embeddings/chart1.xlsx"]
        assert "不是 .docx" in refused(book)

    def test_with_macros_is_refused(self) -> None:
        files = parts(word_file(sample_document()))
        assert "宏" in refused(packed({**files, "word/vbaProject.bin": b"x"}))
        types = files["[Content_Types].xml"].replace(
            b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            b"application/vnd.ms-word.document.macroEnabled.main+xml",
        )
        refused(packed({**files, "[Content_Types].xml": types}))

    def test_that_is_encrypted_or_old_is_refused(self) -> None:
        assert "加密" in refused(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 512)

    def test_that_is_too_large_is_refused(self) -> None:
        assert "20MB" in refused(b"PK" + b"\0" * (20 * 2**20))

    def test_that_bursts_is_refused(self) -> None:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
            package.writestr("[Content_Types].xml", "<Types/>")
            for number in range(3):
                package.writestr(f"word/{number}.bin", b"\0" * (70 * 2**20))
        assert "200MB" in refused(out.getvalue())

    def test_that_defines_entities_is_refused(self) -> None:
        files = parts(word_file(sample_document()))
        bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
        assert "定义" in refused(packed({**files, "word/styles.xml": bomb}))

    @pytest.mark.parametrize("name", ["word/styles.xml", "word/document.xml", "_rels/.rels"])
    def test_with_a_broken_or_missing_part_is_refused(self, name: str) -> None:
        files = parts(word_file(sample_document()))
        refused(packed({**files, name: b"<broken"}))
        without = {key: part for key, part in files.items() if key != name}
        if name != "word/styles.xml":
            refused(packed(without))

    def test_with_no_room_between_its_margins_is_refused(self) -> None:
        files = parts(word_file(sample_document()))
        narrow = files["word/document.xml"].replace(b'w:left="1587"', b'w:left="9587"')
        assert "页边距" in refused(packed({**files, "word/document.xml": narrow}))

    def test_that_is_our_own_report_is_used(self) -> None:
        first = word_file(sample_document())
        again = word_file(sample_document(), template=first)
        assert len(parts(again)["word/styles.xml"]) == len(parts(first)["word/styles.xml"])

    def test_without_a_body_is_refused(self) -> None:
        files = parts(word_file(sample_document()))
        empty = f'<w:document xmlns:w="{W}"/>'.encode()
        assert "正文" in refused(packed({**files, "word/document.xml": empty}))

    def test_with_a_broken_footer_is_refused(self) -> None:
        files = parts(word_file(sample_document()))
        name = next(each for each in files if each.startswith("word/footer"))
        broken = {each: b"<broken" for each in files if each.startswith("word/footer")}
        assert name in broken
        assert "损坏" in refused(packed({**files, **broken}))
