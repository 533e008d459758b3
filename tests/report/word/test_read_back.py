"""What people change in Word is told from what was printed."""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree
from tests.report.sample_document import sample_document
from tests.report.word.long_document import long_document
from tests.report.word.package_parts import converted, edited, packed, parts, w

from steelyard.errors import SteelyardError
from steelyard.report.word.markup import W
from steelyard.report.word.read_back import NotAWordFile, read_back
from steelyard.report.word.record import document_fingerprint
from steelyard.report.word.recorded import NoRecord, RecordDamaged
from steelyard.report.word.returned import Change, Returned, ReturnedFigure, Words
from steelyard.report.word.writer import word_file

KEY = "基本情况/部门概况"


@pytest.fixture(scope="module")
def written() -> bytes:
    return word_file(sample_document())


def paragraph_of(root: etree._Element, text: str) -> etree._Element:
    return next(p for p in root.iter(w("p")) if text in "".join(p.itertext(w("t"))))


def text_of(root: etree._Element, text: str) -> etree._Element:
    return next(t for t in root.iter(w("t")) if text in (t.text or ""))


def new_paragraph(text: str, style: str = "NormalIndent", bold: str = "") -> etree._Element:
    run = f"<w:r>{bold}<w:t>{text}</w:t></w:r>"
    return etree.fromstring(
        f'<w:p xmlns:w="{W}"><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run}</w:p>'
    )


def after(written: bytes, edit: Callable[[etree._Element], None]) -> Returned:
    return read_back(edited(written, edit))


def lines(returned: Returned) -> list[str]:
    return [paragraph.text for paragraph in returned.passages[0].paragraphs]


PRINTED = [
    "全年预算数7479.37万元，详见表1。要紧。【待补：编制数】人<&>",
    "1．职责",
    "第二段。",
    "（1）一项",
]


class TestAFileThatNobodyEdited:
    def test_comes_back_as_printed(self, written: bytes) -> None:
        returned = read_back(written)
        (passage,) = returned.passages
        assert lines(returned) == PRINTED
        assert [p.level for p in passage.paragraphs] == [0, 3, 0, 0]
        assert passage.printed[1].number == "1．"
        assert (passage.key, passage.file) == (KEY, "report/基本情况.md")
        assert "{{ 全年预算数 }}" in passage.source
        assert not passage.is_changed
        assert (passage.gone, returned.lost, returned.outside) == ((), (), ())
        assert returned.remarks == ()
        assert returned.fingerprint == document_fingerprint(sample_document())

    def test_keeps_figures_apart_from_words(self, written: bytes) -> None:
        first = read_back(written).passages[0].paragraphs[0]
        kinds = [
            (p.kind, p.reference, p.text) for p in first.pieces if isinstance(p, ReturnedFigure)
        ]
        assert kinds == [
            ("figure", "全年预算数", "7479.37万元"),
            ("link", "表:项目预算", "表1"),
            ("gap", "编制数", "【待补：编制数】"),
        ]
        assert Words("要紧。", strong=True) in first.pieces

    def test_comes_back_as_printed_from_libreoffice(self, written: bytes, tmp_path: Path) -> None:
        returned = read_back(converted(written, "docx", tmp_path))
        assert not returned.passages[0].is_changed
        assert (returned.lost, returned.outside) == ((), ())

    def test_comes_back_as_printed_when_it_is_long(self) -> None:
        returned = read_back(word_file(long_document()))
        assert len(returned.passages) == 40
        assert not any(passage.is_changed for passage in returned.passages)
        assert returned.outside == ()

    def test_may_know_its_pages(self) -> None:
        returned = read_back(word_file(sample_document(), pages={"h1": 1}))
        assert returned.outside == ()


class TestEdits:
    def test_changed_words_are_seen(self, written: bytes, tmp_path: Path) -> None:
        def edit(root: etree._Element) -> None:
            text_of(root, "第二段").text = "第二段，改过。"

        file = edited(written, edit)
        for returned in (read_back(file), read_back(converted(file, "docx", tmp_path))):
            assert lines(returned) == [*PRINTED[:2], "第二段，改过。", PRINTED[3]]
            assert returned.passages[0].is_changed
            assert returned.outside == ()

    def test_a_split_paragraph_is_two(self, written: bytes) -> None:
        def edit(root: etree._Element) -> None:
            paragraph = paragraph_of(root, "要紧")
            run = text_of(paragraph, "要紧").getparent()
            assert run is not None
            rest = new_paragraph("")
            rest.remove(rest[-1])
            for child in list(paragraph)[paragraph.index(run) :]:
                rest.append(child)
            paragraph.addnext(rest)

        assert lines(after(written, edit))[:2] == [
            "全年预算数7479.37万元，详见表1。",
            "要紧。【待补：编制数】人<&>",
        ]

    @pytest.mark.parametrize("place", ["第二段", "（1）一项"])
    def test_a_new_paragraph_is_part_of_the_passage(self, written: bytes, place: str) -> None:
        def edit(root: etree._Element) -> None:
            paragraph = paragraph_of(root, place)
            paragraph.addnext(new_paragraph("新的一段。", bold="<w:rPr><w:b/></w:rPr>"))

        returned = after(written, edit)
        at = next(n for n, line in enumerate(PRINTED) if place in line)
        assert lines(returned) == [*PRINTED[: at + 1], "新的一段。", *PRINTED[at + 1 :]]
        assert returned.passages[0].paragraphs[at + 1].pieces == (Words("新的一段。", strong=True),)
        assert returned.outside == ()

    def test_a_new_list_is_part_of_the_passage(self, written: bytes) -> None:
        def edit(root: etree._Element) -> None:
            paragraph = new_paragraph("甲项")
            properties = paragraph.find(w("pPr"))
            assert properties is not None
            number = etree.SubElement(properties, w("numPr"))
            etree.SubElement(number, w("numId")).set(w("val"), "3")
            paragraph_of(root, "第二段").addnext(paragraph)

        assert [p.item for p in after(written, edit).passages[0].paragraphs] == [
            False,
            False,
            False,
            True,
            False,
        ]

    def test_a_new_chapter_heading_ends_the_passage(self, written: bytes) -> None:
        def edit(root: etree._Element) -> None:
            last = paragraph_of(root, "（1）一项")
            last.addnext(new_paragraph("另一章的话。"))
            last.addnext(new_paragraph("（二）另一章", "Heading2"))

        returned = after(written, edit)
        assert lines(returned) == PRINTED
        assert returned.outside == (Change("", "（二）另一章"), Change("", "另一章的话。"))

    def test_a_changed_digit_in_a_figure_is_seen(self, written: bytes) -> None:
        def edit(root: etree._Element) -> None:
            text_of(paragraph_of(root, "要紧"), "7479.37").text = "7479.38万元"

        figure = after(written, edit).passages[0].paragraphs[0].pieces[1]
        assert isinstance(figure, ReturnedFigure)
        assert figure.is_changed
        assert (figure.printed, figure.text) == ("7479.37万元", "7479.38万元")

    def test_a_deleted_figure_is_gone(self, written: bytes) -> None:
        def edit(root: etree._Element) -> None:
            run = text_of(paragraph_of(root, "要紧"), "7479.37").getparent()
            assert run is not None
            parent = run.getparent()
            assert parent is not None
            parent.remove(run)

        returned = after(written, edit)
        assert lines(returned)[0].startswith("全年预算数，详见")
        assert [each.reference for each in returned.passages[0].gone] == ["全年预算数"]

    def test_a_deleted_passage_is_lost(self, written: bytes) -> None:
        def edit(root: etree._Element) -> None:
            body = next(root.iter(w("body")))
            for paragraph in body.findall(w("p")):
                inside = "".join(paragraph.itertext(w("t")))
                if any(text in inside for text in ("要紧", "1．职责", "第二段", "（1）一项")):
                    body.remove(paragraph)

        returned = after(written, edit)
        assert returned.passages == ()
        assert [passage.key for passage in returned.lost] == [KEY]
        assert returned.remarks == ("没有找到“基本情况/部门概况”这一段的标记，未读入。",)
        assert returned.outside == ()

    def test_an_edited_cell_is_a_change_outside(self, written: bytes) -> None:
        def edit(root: etree._Element) -> None:
            text_of(root, "0.50").text = "0.51"

        (change,) = after(written, edit).outside
        assert change.before.startswith("第1组 | 0.50 | ")
        assert change.after.startswith("第1组 | 0.51 | ")

    def test_words_behind_a_joined_end_stay_outside(self, written: bytes) -> None:
        """The end of the passage and the caption below became one paragraph."""

        def edit(root: etree._Element) -> None:
            last = paragraph_of(root, "（1）一项")
            caption = last.getnext()
            assert caption is not None
            for child in list(caption)[1:]:
                last.append(child)
            body = caption.getparent()
            assert body is not None
            body.remove(caption)

        returned = after(written, edit)
        assert lines(returned) == PRINTED
        assert returned.outside == ()


class TestReview:
    def test_tracked_changes_are_accepted(self, written: bytes) -> None:
        def edit(root: etree._Element) -> None:
            run = text_of(root, "第二段").getparent()
            assert run is not None
            new = copy.deepcopy(run)
            text_of(new, "第二段").text = "新二段。"
            gone = etree.Element(w("del"))
            run.addprevious(gone)
            gone.append(run)
            added = etree.Element(w("ins"))
            added.append(new)
            gone.addnext(added)

        returned = after(written, edit)
        assert lines(returned)[2] == "新二段。"
        assert returned.remarks == ("文件中有2处修订标记，已按“全部接受”读入。",)

    def test_a_paragraph_mark_deleted_in_a_tracked_change_joins(self, written: bytes) -> None:
        def edit(root: etree._Element) -> None:
            properties = paragraph_of(root, "第二段").find(w("pPr"))
            assert properties is not None
            etree.SubElement(etree.SubElement(properties, w("rPr")), w("del"))

        assert lines(after(written, edit)) == [*PRINTED[:2], "第二段。（1）一项"]

    def test_comments_are_counted(self, written: bytes) -> None:
        comments = f'<w:comments xmlns:w="{W}"><w:comment w:id="0"/></w:comments>'.encode()
        returned = read_back(packed({**parts(written), "word/comments.xml": comments}))
        assert returned.remarks == ("文件中有1条批注，没有读入，请逐条处理。",)


class TestAFileThatCannotBeRead:
    @pytest.mark.parametrize("content", [b"", b"text", bytes.fromhex("d0cf11e0a1b11ae1") * 9])
    def test_is_no_word_file(self, content: bytes) -> None:
        with pytest.raises(NotAWordFile, match="另存为"):
            read_back(content)

    def test_lacks_its_record(self, written: bytes) -> None:
        files = {n: p for n, p in parts(written).items() if not n.startswith("customXml")}
        with pytest.raises(NoRecord, match="返回记录"):
            read_back(packed(files))

    @pytest.mark.parametrize(
        ("old", "new"), [("职责", "职务"), ('format="1"', 'format="1" x="'), ("</report>", "")]
    )
    def test_has_a_changed_record(self, written: bytes, old: str, new: str) -> None:
        files = parts(written)
        name = "customXml/item1.xml"
        files[name] = files[name].decode().replace(old, new).encode()
        with pytest.raises((RecordDamaged, NoRecord)):
            read_back(packed(files))

    @pytest.mark.parametrize(
        "record", ["[]", "{}", '{"format":1}', '{"format":2}', "{", "[" * 9999]
    )
    def test_has_a_record_of_another_form(self, written: bytes, record: str) -> None:
        digest = hashlib.sha256(record.encode()).hexdigest()
        forged = f'<report xmlns="steelyard:report" sha256="{digest}">{record}</report>'
        with pytest.raises(RecordDamaged):
            read_back(packed({**parts(written), "customXml/item1.xml": forged.encode()}))

    @pytest.mark.parametrize("name", ["word/document.xml", "word/styles.xml"])
    def test_has_a_broken_part(self, written: bytes, name: str) -> None:
        with pytest.raises(NotAWordFile):
            read_back(packed({**parts(written), name: b"<broken"}))

    def test_expands_no_entities(self, written: bytes) -> None:
        bomb = b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
        with pytest.raises(NotAWordFile):
            read_back(packed({**parts(written), "word/document.xml": bomb}))

    def test_never_ends_in_anything_but_a_sentence(self, written: bytes) -> None:
        """Every 211th byte turned."""
        for place in range(0, len(written), 211):
            broken = bytearray(written)
            broken[place] ^= 0xFF
            try:
                read_back(bytes(broken))
            except SteelyardError as error:
                assert error.what  # noqa: PT017  # any of ours will do
