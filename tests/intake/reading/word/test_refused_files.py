"""What cannot be read is refused with a sentence, within bounds of time and memory."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.intake.reading.word.test_numbering import OFFICIAL, item
from tests.intake.reading.word.test_paragraphs import TWICE, TestNotes
from tests.intake.reading.word.word_files import docx, p, packed, part, parts_of, read, run, texts

from steelyard.intake.reading.document import Document
from steelyard.intake.reading.unreadable import Unreadable
from steelyard.intake.reading.word import body as limits
from steelyard.intake.reading.word import parts as part_limits
from steelyard.intake.reading.word.read_word import read_word


def refused(content: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        read_word("报告.docx", content)
    assert caught.value.where == "报告.docx"
    assert caught.value.mend
    return caught.value.what


class TestAFileOfAnotherKind:
    @pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04broken", b"%PDF-1.7"])
    def test_is_refused(self, content: bytes) -> None:
        assert "不是 .docx" in refused(content)

    def test_that_is_old_or_encrypted_is_to_be_saved_anew(self) -> None:
        with pytest.raises(Unreadable) as caught:
            read_word("报告.doc", bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 512)
        assert "已加密，或是旧的 .doc、.wps 格式" in str(caught.value)
        assert "另存为不加密的 .docx" in str(caught.value)

    def test_that_is_a_workbook_is_named(self) -> None:
        assert ".xlsx" in refused(packed({"[Content_Types].xml": "", "xl/workbook.xml": "<a/>"}))


class TestADamagedFile:
    @pytest.mark.parametrize("name", ["word/document.xml", "word/styles.xml", "_rels/.rels"])
    def test_with_a_broken_part_is_refused(self, name: str) -> None:
        assert "损坏" in refused(packed(parts_of(p("甲"), styles="") | {name: b"<broken"}))

    def test_without_its_document_is_refused(self) -> None:
        files = parts_of(p("甲"))
        del files["word/document.xml"]
        assert "缺少 word/document.xml" in refused(packed(files))

    def test_without_a_body_is_refused(self) -> None:
        assert "正文" in refused(packed(parts_of("") | {"word/document.xml": part("document", "")}))

    def test_that_was_cut_off_is_refused(self) -> None:
        content = docx(p("甲" * 999))
        for length in (30, len(content) // 2, len(content) - 30):
            refused(content[:length])

    def test_whose_content_was_changed_is_refused(self) -> None:
        content = bytearray(docx(p("甲")))
        at = content.index(b"word/document.xml") + len("word/document.xml")
        content[at : at + 8] = b"\xff" * 8
        assert "损坏" in refused(bytes(content))

    def test_without_words_is_refused(self) -> None:
        assert "没有文字" in refused(docx(p("　") + "<w:tbl/>"))

    def test_that_names_no_document_is_read_where_it_usually_is(self) -> None:
        files = parts_of(p("甲"))
        del files["_rels/.rels"]
        assert texts(read_word("a.docx", packed(files))) == ["甲"]

    def test_whose_document_has_another_name_is_read(self) -> None:
        files = parts_of(p("甲"))
        files["word/document2.xml"] = files.pop("word/document.xml")
        files["_rels/.rels"] = str(files["_rels/.rels"]).replace("document.xml", "document2.xml")
        document = read_word("a.docx", packed(files))
        assert texts(document) == ["甲"]
        first = document.blocks[0]
        assert "document2" in getattr(first, "words").spots[0].part  # noqa: B009

    def test_names_its_parts_itself_but_never_outside(self) -> None:
        kinds = '<Relationship Id="r{}" Type="x/numbering" Target="{}"{}/>'
        links = kinds.format(1, "elsewhere", ' TargetMode="External"') + kinds.format(
            2, "n.xml", ""
        )
        files = parts_of(item(), numbering=OFFICIAL)
        files["word/n.xml"] = files.pop("word/numbering.xml")
        relationships = str(files["_rels/.rels"])
        head = relationships[: relationships.index("<Relationship Id")]
        files["word/_rels/document.xml.rels"] = f"{head}{links}</Relationships>"
        assert texts(read_word("a.docx", packed(files))) == ["一、甲"]

    def test_that_points_outside_is_not_followed(self) -> None:
        files = parts_of(p("甲"))
        files["_rels/.rels"] = str(files["_rels/.rels"]).replace(
            'Target="/word/document.xml"', 'Target="../../../etc/passwd"'
        )
        assert texts(read_word("a.docx", packed(files))) == ["甲"]


class TestAFileThatWouldBurst:
    def test_by_its_size_is_refused(self) -> None:
        assert "100MB" in refused(b"PK" + b"\0" * (100 * 2**20))

    def test_by_what_it_unpacks_to_is_refused(self) -> None:
        files = parts_of(p("甲"))
        content = bytearray(packed(files | {"word/a.bin": b"\0" * 1000}))
        # The directory at the end announces a part of 600 MB.
        at = content.rindex(b"word/a.bin") - 46
        content[at + 24 : at + 28] = struct.pack("<I", 600 * 2**20)
        assert "500MB" in refused(bytes(content))

    def test_by_one_part_is_refused(self) -> None:
        files = parts_of("") | {"word/document.xml": b" " * (41 * 2**20)}
        assert "40MB" in refused(packed(files))

    def test_by_its_number_of_parts_is_refused(self) -> None:
        assert "过多" in refused(packed({f"{n}": "" for n in range(5001)}))

    def test_by_its_marks_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(part_limits, "MOST_MARKS", 100)
        assert "标记过多" in refused(docx(p("甲") * 50))

    def test_by_its_paragraphs_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(limits, "_MOST_PARAGRAPHS", 10000)
        assert "1万个" in refused(docx("<w:p/>" * 10001))

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
    def test_by_entities_is_refused(self, encoding: str) -> None:
        text = part("document", f"<w:body>{p('&b;')}</w:body>")
        bomb = (
            f'<?xml version="1.0" encoding="{encoding}"?>{" " * 9000}<!DOCTYPE a [<!ENTITY b "c">]>'
        )
        files = parts_of("") | {"word/document.xml": (bomb + text).encode(encoding)}
        assert "定义" in refused(packed(files))

    def test_by_its_depth_is_refused(self) -> None:
        body = p("甲")
        for _ in range(22):
            body = f"<w:tbl><w:tr><w:tc>{body}</w:tc></w:tr></w:tbl>"
        assert "过深" in refused(docx(body))
        assert "损坏" in refused(docx("<w:sdt>" * 300 + p("甲") + "</w:sdt>" * 300))

    def test_by_notes_that_call_each_other_is_refused(self) -> None:
        call = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
        notes = "".join(
            f'<w:footnote w:id="{n}">{p(run("注") + call.format(n + 1))}</w:footnote>'
            for n in range(300)
        )
        assert "过深" in refused(docx(p(run("甲") + call.format(0)), footnotes=notes))

    def test_by_its_grid_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(limits, "_MOST_PLACES", 10000)
        wide = '<w:tc><w:tcPr><w:gridSpan w:val="63"/></w:tcPr><w:p/></w:tc>'
        assert "1万格" in refused(docx(f"<w:tbl>{f'<w:tr>{wide}</w:tr>' * 200}</w:tbl>"))

    def test_by_generated_numbers_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(limits, "_MOST_CHARACTERS", 10000)
        numbering = OFFICIAL.replace("%1、", "长" * 9000)
        assert "1万字" in refused(docx(item() * 50, numbering=numbering))


class TestAnEncryptedFile:
    def test_is_refused(self) -> None:
        content = bytearray(docx(p("甲")))
        for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            content[content.index(mark) + at] |= 1
        assert "加密" in refused(bytes(content))


class TestMacros:
    def test_are_not_touched(self) -> None:
        files = parts_of(p("甲")) | {"word/vbaProject.bin": b"\xff" * 99}
        assert texts(read_word("a.docm", packed(files))) == ["甲"]


# ------------------------------------------------------------------ by chance

SMALL = docx(
    item("甲") + p(run("乙") + TWICE + TestNotes.CALL)
    + f"<w:tbl><w:tr><w:tc>{p('丙')}</w:tc></w:tr></w:tbl>",
    numbering=OFFICIAL,
    footnotes=TestNotes.NOTES,
)  # fmt: skip

NAMES = st.sampled_from(
    [
        "w:p", "w:r", "w:t", "w:tbl", "w:tr", "w:tc", "w:pPr", "w:rPr", "w:numPr", "w:numId",
        "w:ilvl", "w:gridSpan", "w:vMerge", "w:tcPr", "w:trPr", "w:del", "w:ins", "w:sdt",
        "w:sdtContent", "w:fldChar", "w:instrText", "w:txbxContent", "w:drawing", "w:ruby",
        "w:rubyBase", "w:sym", "m:oMath", "m:f", "m:d", "mc:AlternateContent", "mc:Choice",
        "w:footnoteReference", "w:lastRenderedPageBreak", "w:br", "w:pStyle", "w:vanish",
        "w:lvl", "w:abstractNum", "w:num", "w:abstractNumId", "w:lvlText", "w:style", "w:basedOn",
    ]
)  # fmt: skip
VALUES = st.sampled_from(["", "0", "1", "-1", "99999", "restart", "begin", "end", "separate", "²"])
TREES = st.recursive(
    st.sampled_from(["", "甲", "一、", " "]),
    lambda inner: st.builds(
        lambda name, value, parts: (
            f'<{name} w:val="{value}" w:id="{value}" w:fldCharType="{value}" w:numId="1"'
            f' w:abstractNumId="1" w:ilvl="{value}" w:styleId="1" w:char="{value}">'
            f"{''.join(parts)}</{name}>"
        ),
        NAMES,
        VALUES,
        st.lists(inner, max_size=4),
    ),
    max_leaves=25,
)


def read_or_refused(content: bytes) -> Document | None:
    try:
        return read_word("a.docx", content)
    except Unreadable as error:
        return None if error.what and error.mend else pytest.fail("it says nothing")


class TestWhateverComesIn:
    @given(st.lists(st.tuples(st.integers(0, len(SMALL) - 1), st.integers(0, 255)), max_size=6))
    def test_changed_bytes_give_a_document_or_a_sentence(
        self, changes: list[tuple[int, int]]
    ) -> None:
        content = bytearray(SMALL)
        for at, value in changes:
            content[at] = value
        read_or_refused(bytes(content))

    @given(st.integers(0, 2000), st.integers(0, 255), st.integers(0, 2000))
    def test_changed_xml_gives_a_document_or_a_sentence(
        self, at: int, value: int, cut: int
    ) -> None:
        with zipfile.ZipFile(io.BytesIO(SMALL)) as package:
            files = {name: package.read(name) for name in package.namelist()}
        for name in ("word/document.xml", "word/numbering.xml"):
            content = bytearray(files[name])
            content[at % len(content)] = value
            del content[cut % len(content) : cut % len(content) + 3]
            read_or_refused(packed({**files, name: bytes(content)}))

    @given(TREES, TREES, TREES, TREES)
    def test_any_tree_gives_a_document_or_a_sentence(
        self, body: str, numbering: str, styles: str, notes: str
    ) -> None:
        content = docx(body + p("末"), numbering=numbering, styles=styles, footnotes=notes)
        assert read_or_refused(content) is not None

    def test_the_small_file_is_sound(self) -> None:
        assert texts(read_word("a.docx", SMALL)) == ["一、甲", "乙", "框内", "注一", "续"]
        assert read(p("甲")).remarks == ()
