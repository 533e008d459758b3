"""Whatever is handed in ends in a valid copy or in a sentence."""

from __future__ import annotations

import io
import random
import zipfile
from xml.parsers import expat

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.intake.returned.made_books import (
    HIDDEN,
    SHEET,
    TABLE,
    full_book,
    mistake,
    opened,
    package,
    parts,
    question,
    related,
    rows,
    stored,
    zipped,
)

from steelyard.intake.reading.unreadable import Unreadable
from steelyard.intake.returned import layout
from steelyard.intake.returned.annotated import annotated_copy
from steelyard.intake.sighting import Mistake, Question

XML = "xl/worksheets/sheet1.xml"
BOMB = '<!DOCTYPE a [<!ENTITY b "c">]>'


def refused(content: bytes) -> str:
    """What is said about a file of which no copy can be made."""
    with pytest.raises(Unreadable) as caught:
        annotated_copy(content, [mistake("B7", sheet="甲")])
    assert caught.value.where == "甲.xlsx"
    assert caught.value.mend
    return caught.value.what


def without(content: bytes, name: str) -> bytes:
    return zipped({each: inner for each, inner in parts(content).items() if each != name})


def changed(name: str, inner: str) -> bytes:
    return package(rows("A1"), more={name: inner})


class TestNoCopyIsMadeOf:
    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"", "不是 .xlsx 文件"),
            (b"%PDF-1.7", "不是 .xlsx 文件"),
            (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "已加密，或是旧的"),
            (zipped({"[Content_Types].xml": "<Types/>"}), "没有工作簿"),
            (without(full_book(), "[Content_Types].xml"), "不是 .xlsx 文件"),
            (without(full_book(), "xl/workbook.xml"), "没有工作簿"),
            (changed("xl/workbook.xml", "<document/>"), "没有工作簿"),
            (changed("xl/workbook.xml", "<workbook"), "已经损坏"),
            (changed("xl/styles.xml", "<sst/>"), "样式表已经损坏"),
            (changed(XML, '<?xml version="1.0" encoding="x"?><worksheet/>'), "已经损坏"),
            (
                changed("xl/_rels/workbook.xml.rels", '<?xml version="1.0" encoding="x"?><a/>'),
                "已经损坏",
            ),
            (changed(XML, "<chartsheet/>"), "不是单元格表"),
            (changed(XML, "<worksheet/>"), "没有单元格部分"),
            (changed(XML, "<worksheet><sheetData>"), "已经损坏"),
            (changed(XML, " " * 5000 + BOMB + "<worksheet/>"), "不会写的定义"),
            (changed(XML, "<worksheet>" * 100), "嵌套过深"),
            (package(f"<sheetData>{'<a>' * 100}{'</a>' * 100}</sheetData>"), "嵌套过深"),
        ],
        ids=[
            "nothing", "pdf", "older", "no parts", "no types", "no workbook", "a document",
            "a torn workbook", "other styles", "no known encoding", "none in relations",
            "a chart sheet", "no cells", "a torn sheet",
            "definitions", "deep nesting", "deep nesting in rows",
        ],
    )  # fmt: skip
    def test_what_is_no_honest_workbook(self, content: bytes, said: str) -> None:
        assert said in refused(content)

    @pytest.mark.parametrize(
        ("inside", "said"),
        [
            (rows("A3", "A2"), "行次序颠倒"),
            (rows("A2", "B2"), "行次序颠倒"),
            ('<sheetData><row r="1048577"/></sheetData>', "边界之外"),
            ('<sheetData><row r="1"><c r="B1"/><c r="A1"/></row></sheetData>', "次序颠倒"),
            ('<sheetData><row r="1"><c r="A2"/></row></sheetData>', "不在它所写的行"),
            ('<sheetData><row r="1"><c r="XFE1"/></row></sheetData>', "次序颠倒"),
        ],
        ids=["rows", "rows twice", "below the last", "cells", "a foreign row", "beyond the last"],
    )
    def test_a_sheet_in_which_nothing_has_its_place(self, inside: str, said: str) -> None:
        assert said in refused(package(inside))

    def test_comments_that_are_none(self) -> None:
        relations = related(("comments", "/xl/styles.xml"))
        content = package(rows("A1"), more={"xl/worksheets/_rels/sheet1.xml.rels": relations})
        assert "批注已经损坏" in refused(content)

    def test_a_part_that_unpacks_to_too_much(self) -> None:
        content = changed(XML, " " * (97 * 2**20) + "<worksheet/>")
        assert "超过上限96MB" in refused(content)

    def test_a_name_of_a_megabyte(self) -> None:
        assert "过长的内容" in refused(changed(XML, f"<worksheet {'a' * 3 * 2**20}='1'/>"))

    def test_too_many_merged_cells(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(layout, "MOST_MERGED", 2)
        merged = "".join(f'<mergeCell ref="A{row}:B{row}"/>' for row in range(1, 9))
        assert "合并的单元格过多" in refused(
            package(rows("A1") + f"<mergeCells>{merged}</mergeCells>")
        )


class TestACopyIsMade:
    def test_where_relations_lead_nowhere(self) -> None:
        relations = related(
            ("comments", "../../../../etc/passwd"),
            ("drawing", "http://127.0.0.1/a.xml"),
            ("vmlDrawing", "/xl/styles.xml"),
        )
        inside = rows("A1") + '<drawing r:id="r2"/><legacyDrawing r:id="r3"/>'
        content = package(inside, more={"xl/worksheets/_rels/sheet1.xml.rels": relations})
        book = opened_strictly(annotated_copy(content, [mistake("A1", sheet="甲")]))
        assert "xl/drawings/vmlDrawing1.vml" in book
        assert book["xl/styles.xml"].startswith(b"<styleSheet")

    def test_where_two_sheets_are_one_part(self) -> None:
        content = parts(package(rows("A1")))
        content["xl/workbook.xml"] = content["xl/workbook.xml"].replace(
            b"</sheets>", '<sheet name="乙" sheetId="2" r:id="r1"/></sheets>'.encode()
        )
        said = [mistake("A1", sheet="甲"), mistake("A1", sheet="乙")]
        copy = opened_strictly(annotated_copy(zipped(content), said))
        assert copy[XML].count("错误信息".encode()) == 1

    def test_where_two_sheets_share_their_comments(self) -> None:
        content = parts(full_book())
        first = "xl/worksheets/_rels/sheet1.xml.rels"
        content["xl/worksheets/_rels/sheet3.xml.rels"] = content[first]
        said = [mistake("E5"), mistake("B7", sheet=HIDDEN)]
        copy = opened_strictly(annotated_copy(zipped(content), said))
        assert copy["xl/comments1.xml"].count(b"<comment ") == 3

    def test_where_merged_cells_lie_over_each_other(self) -> None:
        merged = "".join(f'<mergeCell ref="A1:{letter}9"/>' for letter in "BCDEF")
        inside = rows("A1", "B2") + f"<mergeCells>{merged}</mergeCells>"
        assert opened_strictly(annotated_copy(package(inside), [mistake("B2", sheet="甲")]))

    def test_where_columns_are_set_again_and_again(self) -> None:
        columns = '<col min="1" max="16384" width="5"/>' * 20_000
        content = package(f"<cols>{columns}</cols>" + rows("A1"))
        assert opened_strictly(annotated_copy(content, [mistake("A1", sheet="甲")]))

    def test_of_a_hundred_thousand_rows(self) -> None:
        inside = "".join(f'<row r="{row}"/>' for row in range(1, 100_001))
        content = package(f"<sheetData>{inside}</sheetData>")
        said = [mistake(f"B{row}", sheet="甲") for row in range(1, 100_000, 500)]
        xml = opened_strictly(annotated_copy(content, said))[XML]
        assert xml.count(b"<row ") == 100_000
        assert xml.count(b'r="B') == 200


def opened_strictly(copy: bytes) -> dict[str, bytes]:
    """The parts of a copy, each of which must be well-formed."""
    found = parts(copy)
    for name, inner in found.items():
        if name.endswith((".xml", ".rels", ".vml")) and "media" not in name:
            expat.ParserCreate().Parse(inner, True)
    return found


# -------------------------------------------------------------------- by chance

_CELLS = st.builds(
    "{}{}".format,
    st.sampled_from(["A", "B", "E", "F", "G", "Z", "XFD", "XFE", "", "a"]),
    st.sampled_from([1, 2, 3, 5, 13, 15, 16, 40, 1_048_576, 1_048_577, 0]),
)
_SHEETS = st.sampled_from([SHEET, TABLE, HIDDEN, "空表", "图", "没有", ""])
_WORDS = st.text(max_size=30)
_MISTAKES = st.builds(
    lambda cell, sheet, what, mend: mistake(cell, what, mend, sheet=sheet),
    _CELLS, _SHEETS, _WORDS, _WORDS,
)  # fmt: skip
_QUESTIONS = st.builds(
    lambda cell, sheet, text: question(cell, text, sheet=sheet), _CELLS, _SHEETS, _WORDS
)


class TestByChance:
    @settings(max_examples=40)
    @given(st.lists(_MISTAKES, max_size=8), st.lists(_QUESTIONS, max_size=4))
    def test_any_marks_leave_every_value(
        self, mistakes: list[Mistake], questions: list[Question]
    ) -> None:
        copy = annotated_copy(full_book(), mistakes, questions)
        opened_strictly(copy)
        before, after = stored(full_book()), stored(copy)
        assert before
        assert {place: after.get(place) for place in before} == before

    @pytest.mark.parametrize("seed", range(150))
    def test_a_damaged_package_ends_in_a_copy_or_a_sentence(self, seed: int) -> None:
        chance = random.Random(seed)
        content = parts(full_book())
        name = chance.choice([each for each in content if each.endswith((".xml", ".rels", ".vml"))])
        content[name] = damaged(content[name], chance)
        said = [mistake("E5"), mistake("C4", sheet=TABLE), mistake("B7", sheet=HIDDEN)]
        copy = attempted(zipped(content), said)
        if copy is None:
            return
        with zipfile.ZipFile(io.BytesIO(copy)) as archive:
            assert archive.testzip() is None
        untouched = {each for each in content if each.startswith(("xl/charts", "docProps"))}
        assert all(parts(copy)[each] == content[each] for each in untouched)

    @pytest.mark.parametrize("seed", range(100))
    def test_damaged_bytes_end_in_a_copy_or_a_sentence(self, seed: int) -> None:
        copy = attempted(damaged(full_book(), random.Random(seed)), [mistake("E5")])
        if copy is not None:
            opened(copy)


def attempted(content: bytes, said: list[Mistake]) -> bytes | None:
    """A copy, or None where a sentence says why there is none."""
    try:
        return annotated_copy(content, said)
    except Unreadable:
        return None


def damaged(content: bytes, chance: random.Random) -> bytes:
    """Some bytes with a few of them changed, left out, or put twice."""
    raw = bytearray(content)
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(raw))
        length = chance.choice([1, 2, 30])
        match chance.randrange(4):
            case 0:
                raw[at] = chance.choice(b"<>\"'/&= 019A\0\xff")
            case 1:
                del raw[at : at + length]
            case 2:
                raw[at:at] = raw[at : at + length]
            case _:
                del raw[at:]
                raw = raw or bytearray(b" ")
    return bytes(raw)
