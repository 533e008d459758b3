"""Packages as other programs write them, and as nobody should."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steelyard.intake.reading.document import Cell, Document, Paragraph
from steelyard.intake.reading.sheets import parts, sheet
from steelyard.intake.reading.sheets.compound import CompoundFile, alone
from steelyard.intake.reading.sheets.formula import moved
from steelyard.intake.reading.sheets.read_workbook import read_delimited, read_workbook
from steelyard.intake.reading.unreadable import Unreadable

OLD = (Path(__file__).parent / "data" / "expenditure.xls").read_bytes()
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def package(
    inside: str, *, strings: str = "", head: str = "", more: dict[str, str] | None = None
) -> bytes:
    """A workbook of one sheet, its XML given."""
    relation = '<Relationship Id="{}" Type="{}/{}" Target="{}"/>'
    roots = relation.format("r1", OFFICE, "officeDocument", "xl/workbook.xml")
    inner = relation.format("r1", OFFICE, "worksheet", "/xl/worksheets/sheet1.xml")
    inner += relation.format("r2", OFFICE, "sharedStrings", "sharedStrings.xml")
    parts = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}">{roots}</Relationships>',
        "xl/workbook.xml": (
            f'<x:workbook xmlns:x="{MAIN}" xmlns:r="{OFFICE}"><x:sheets>'
            '<x:sheet name="甲" sheetId="1" r:id="r1"/></x:sheets></x:workbook>'
        ),
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">{inner}</Relationships>',
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
        "xl/worksheets/sheet1.xml": f'{head}<worksheet xmlns="{MAIN}">{inside}</worksheet>',
        **(more or {}),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def rows(inside: str, strings: str = "") -> Document:
    return read_workbook("甲.xlsx", package(f"<sheetData>{inside}</sheetData>", strings=strings))


def placed(*places: str, merged: str = "") -> bytes:
    """A workbook with 1, 2, 3 … in some cells, and one merged range."""
    inside = ""
    for number, place in enumerate(places, start=1):
        row = place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        inside += f'<row r="{row}"><c r="{place}"><v>{number}</v></c></row>'
    merges = f'<mergeCells><mergeCell ref="{merged}"/></mergeCells>' if merged else ""
    return package(f"<sheetData>{inside}</sheetData>{merges}")


def cells(document: Document) -> dict[str, Cell]:
    return {cell.words.spots[0].cell: cell for table in document.tables for cell in table.cells}


def refused(content: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        read_workbook("甲.xlsx", content)
    assert caught.value.mend
    return caught.value.what


class TestACell:
    def test_without_its_place_is_the_next_one(self) -> None:
        document = rows(
            "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c><c><v>4</v></c></row>"
        )
        assert [(place, cell.words.text) for place, cell in cells(document).items()] == [
            ("A1", "1"), ("B1", "2"), ("A2", "3"), ("B2", "4"),
        ]  # fmt: skip

    def test_leaves_out_the_reading_above_its_words(self) -> None:
        words = "<si><r><t>重</t></r><r><t>庆</t></r><rPh><t>chóng</t></rPh></si>"
        document = rows(
            '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>1</v></c></row>', strings=words
        )
        assert cells(document)["A1"].words.text == "重庆"

    def test_may_hold_its_words_itself(self) -> None:
        words = '<c t="inlineStr"><is><t>甲_x000D_\n乙</t></is></c>'
        day = '<c t="d"><v>2023-11-21T00:00:00</v></c>'
        document = rows(f"<row>{words}{day}</row>")
        assert [cell.words.text for cell in cells(document).values()] == ["甲\n乙", "2023-11-21"]

    def test_filled_downwards_has_its_own_formula(self) -> None:
        document = rows(
            '<row><c><v>1</v></c><c><f t="shared" si="0">A1*$A$1</f><v>1</v></c></row>'
            '<row><c><v>2</v></c><c><f t="shared" si="0"/><v>2</v></c></row>'
        )
        assert cells(document)["B2"].formula == "A2*$A$1"

    def test_under_a_merged_one_is_told(self) -> None:
        document = read_workbook("甲.xlsx", placed("A1", "B1", "C1", merged="A1:B1"))
        assert list(cells(document)) == ["A1", "C1"]
        assert document.remarks == ("工作表“甲”：合并的单元格下还藏有1个值（B1），没有读取。",)

    def test_outside_of_any_sheet_is_refused(self) -> None:
        assert "边界之外" in refused(placed("XFE1"))


class TestAMovedFormula:
    @pytest.mark.parametrize(
        ("formula", "there"),
        [
            ("SUM(A1:B$1)", "SUM(B3:C$1)"),
            ("IF(A1=\"A1\",'A1'!A1,0)", "IF(B3=\"A1\",'A1'!B3,0)"),
            ("LOG10(A1)+SUM(A:A)+SUM(1:1)", "LOG10(B3)+SUM(B:B)+SUM(3:3)"),
            ("XFD1", "#REF!"),
        ],
    )
    def test_refers_to_what_lies_as_far_away(self, formula: str, there: str) -> None:
        assert moved(formula, 2, 1) == there


class TestALargeSheet:
    def test_with_three_cells_far_apart_is_three_lines(self) -> None:
        document = read_workbook("甲.xlsx", placed("A1", "KK500000", "XFD1048576"))
        found = [block for block in document.blocks if isinstance(block, Paragraph)]
        assert [each.words.spots[0].cell for each in found] == ["A1", "KK500000", "XFD1048576"]

    def test_merged_over_whole_columns_ends_with_its_content(self) -> None:
        content = placed("A1", "B1", "B2", merged="A1:A1048576")
        assert cells(read_workbook("甲.xlsx", content))["A1"].rows == 2

    def test_merged_over_more_than_can_be_is_refused(self) -> None:
        content = placed("A1", "XFD1048576", merged="A1:XFC1048576")
        assert "合并的单元格范围过大" in refused(content)

    def test_with_too_many_cells_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sheet, "MOST_CELLS", 1000)
        row = "<row>" + "<c><v>1</v></c>" * 20 + "</row>"
        assert "单元格超过" in refused(package(f"<sheetData>{row * 60}</sheetData>"))

    def test_that_repeats_a_long_text_everywhere_is_refused(self) -> None:
        words = f"<si><t>{'甲' * 30000}</t></si>"
        row = "<row>" + '<c t="s"><v>0</v></c>' * 100 + "</row>"
        assert "文字过多" in refused(package(f"<sheetData>{row * 10}</sheetData>", strings=words))


class TestADishonestPackage:
    def test_with_entities_is_refused(self) -> None:
        entity = '<!DOCTYPE a [<!ENTITY x "xxxxxxxxxx">]>'
        assert refused(package("<sheetData/>", head=entity))
        # Also where a look at the first bytes does not find it.
        assert "不会写的定义" in refused(
            package("<sheetData/>", head=f"<!--{' ' * 5000}-->{entity}")
        )

    def test_nested_without_end_is_refused(self) -> None:
        assert "嵌套过深" in refused(package("<a>" * 100_000))

    def test_with_one_endless_element_is_refused(self) -> None:
        assert "过长" in refused(package(f'<a b="{"x" * 3_000_000}"/>'))

    def test_with_more_elements_than_any_sheet_is_refused(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(parts, "MOST_ELEMENTS", 10_000)
        assert "内容过多" in refused(package("<a/>" * 100_000))

    def test_larger_unpacked_than_allowed_is_refused(self) -> None:
        assert "上限" in refused(package(" " * (100 * 2**20)))

    def test_that_names_parts_elsewhere_reads_none_of_them(self) -> None:
        outside = (
            f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{OFFICE}/worksheet" '
            'Target="file:///etc/hostname" TargetMode="External"/></Relationships>'
        )
        assert "都是空的" in refused(package("", more={"xl/_rels/workbook.xml.rels": outside}))

    def test_cut_off_or_changed_is_refused_or_read(self) -> None:
        whole = package('<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>')
        draw = random.Random(7)
        for _ in range(200):
            content = bytearray(whole)
            content[draw.randrange(len(content))] = draw.randrange(256)
            _survives(bytes(content[: draw.choice([len(content), draw.randrange(len(content))])]))

    @settings(max_examples=30)
    @given(st.text(alphabet='<>/crvfst="A1:0 甲&;', max_size=60))
    def test_of_any_xml_is_refused_or_read(self, inside: str) -> None:
        _survives(package(f"<sheetData>{inside}</sheetData>"))


class TestACompoundFile:
    @pytest.mark.parametrize("size", [5000, 70_000, 9_000_000])
    def test_of_one_stream_is_read_back(self, size: int) -> None:
        stream = random.Random(size).randbytes(size)
        assert CompoundFile(alone("Workbook", stream)).stream("Workbook") == stream

    def test_cut_off_or_changed_is_refused_or_read(self) -> None:
        draw = random.Random(3)
        for _ in range(200):
            content = bytearray(OLD)
            for _ in range(draw.choice([1, 3, 10])):
                content[draw.randrange(512, 2048)] = draw.randrange(256)
            _survives(
                bytes(content[: draw.choice([len(content), draw.randrange(9, len(content))])])
            )

    def test_that_runs_in_a_circle_is_refused(self) -> None:
        content = bytearray(alone("Workbook", bytes(5000)))
        struct.pack_into("<I", content, 512 + 4 * 4, 2)
        assert "损坏" in refused(bytes(content))

    def test_with_a_cell_in_every_corner_is_refused(self) -> None:
        """The library keeps the whole rectangle."""
        number = [
            struct.pack("<HHHHHd", 0x203, 14, row, column, 0, 1)
            for row, column in ((0, 0), (65535, 255))
        ]
        start, end = struct.pack("<HHHH12x", 0x809, 16, 0x600, 5), struct.pack("<HH", 0x0A, 0)
        place = struct.pack("<HHIBBBB", 0x85, 9, len(start) + 13 + len(end), 0, 0, 1, 0) + b"S"
        stream = start + place + end + start + b"".join(number) + end
        assert "表格的范围过大" in refused(alone("Workbook", stream))

    def test_that_announces_more_texts_than_it_can_hold_is_refused(self) -> None:
        stream = CompoundFile(OLD).stream("Workbook")
        texts = stream.index(struct.pack("<H", 0xFC))
        while struct.unpack_from("<H", stream, texts + 2)[0] > 2000:
            texts = stream.index(struct.pack("<H", 0xFC), texts + 1)
        changed = bytearray(stream)
        struct.pack_into("<I", changed, texts + 8, 2**31 - 1)
        assert "损坏" in refused(alone("Workbook", bytes(changed)))


class TestValuesPartedByCommas:
    def test_with_an_open_quotation_mark_are_refused(self) -> None:
        with pytest.raises(Unreadable, match="第2行"):
            read_delimited("a.csv", '项,额\n"甲,1\n'.encode())

    def test_of_no_text_are_refused(self) -> None:
        with pytest.raises(Unreadable):
            read_delimited("a.csv", bytes(range(256)))


def _survives(content: bytes) -> None:
    try:
        read_workbook("甲.xlsx", content)
    except Unreadable as error:
        assert error.mend  # noqa: PT017 - reading it is as good
