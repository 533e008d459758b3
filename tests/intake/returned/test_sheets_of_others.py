"""Sheets as other programs write them: what they leave out, and what is in the way."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pytest
from tests.intake.returned.made_books import (
    MAIN,
    OFFICE,
    copied,
    full_book,
    ground,
    marked,
    mistake,
    package,
    parts,
    related,
    rows,
    zipped,
)

from steelyard.intake.returned.annotated import annotated_copy

RED = "FFFFB3B3"
SHEET = "xl/worksheets/sheet1.xml"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"


def sheet_xml(content: bytes, *cells: str) -> str:
    """The XML of the sheet 甲 of a copy."""
    copy = annotated_copy(content, [mistake(cell, sheet="甲") for cell in cells])
    return parts(copy)[SHEET].decode()


def column_of(sheet: Any) -> str:
    """Where the heading 错误信息 stands."""
    return next(
        str(cell.coordinate)
        for row in sheet.iter_rows()
        for cell in row
        if str(cell.value or "").startswith("错误信息")
    )


class TestARow:
    def test_may_leave_its_number_and_those_of_its_cells_out(self) -> None:
        row = "<row><c><v>1</v></c><c><v>2</v></c></row>"
        sheet = marked(package(f"<sheetData>{row}{row}</sheetData>"), "B2")
        assert [ground(sheet[cell]) for cell in ("A2", "B1", "B2")] == ["", "", RED]
        assert sheet["B2"].value == 2

    def test_may_be_empty(self) -> None:
        inside = f'<sheetData><row r="2"/>{rows("A5")[11:]}'
        sheet = marked(package(inside), "B2")
        assert (ground(sheet["B2"]), sheet["A5"].value) == (RED, 1)

    def test_is_made_in_its_place(self) -> None:
        xml = sheet_xml(package(rows("A2", "A9")), "A1", "C5", "C12")
        assert re.findall(r'<row r="(\d+)"', xml) == ["1", "2", "5", "9", "12"]

    def test_gets_its_new_cells_in_their_place(self) -> None:
        row = '<row r="1"><c r="B1"><v>1</v></c><c r="E1"><v>2</v></c></row>'
        xml = sheet_xml(package(f"<sheetData>{row}</sheetData>"), "A1", "C1", "D1", "G1")
        assert re.findall(r'<c r="([A-Z])1"', xml) == ["A", "B", "C", "D", "E", "G", "H"]

    def test_tells_how_far_it_now_reaches(self) -> None:
        row = '<row r="1" spans="2:3"><c r="B1"><v>1</v></c></row>'
        assert 'spans="1:4"' in sheet_xml(package(f"<sheetData>{row}</sheetData>"), "A1", "C1")

    @pytest.mark.parametrize("spans", ["1:2 4:9", "x:2"], ids=["two", "no numbers"])
    def test_need_not_tell_how_far_it_reaches(self, spans: str) -> None:
        row = f'<row r="1" spans="{spans}"><c r="A1"><v>1</v></c></row>'
        assert "spans" not in sheet_xml(package(f"<sheetData>{row}</sheetData>"), "A1")

    def test_lends_its_style_to_a_cell_that_was_not_there(self) -> None:
        styles = (
            '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
            '<xf numFmtId="10" fontId="0" fillId="0" borderId="0"/></cellXfs>'
        )
        content = parts(package('<sheetData><row r="2" s="1" customFormat="1"/></sheetData>'))
        content["xl/styles.xml"] = re.sub(
            b"<cellXfs.*</cellXfs>", styles.encode(), content["xl/styles.xml"]
        )
        assert marked(zipped(content), "B2")["B2"].number_format == "0.00%"

    def test_without_a_style_leaves_it_to_the_column(self) -> None:
        content = parts(package('<cols><col min="1" max="3" style="1"/></cols>' + rows("A1")))
        content["xl/styles.xml"] = content["xl/styles.xml"].replace(
            b"</cellXfs>", b'<xf numFmtId="10" fontId="0" fillId="0" borderId="0"/></cellXfs>'
        )
        assert marked(zipped(content), "B9")["B9"].number_format == "0.00%"

    def test_that_is_hidden_stays_so_and_the_list_tells(self) -> None:
        inside = '<sheetData><row r="2" hidden="1"><c r="A2"><v>1</v></c></row></sheetData>'
        book = copied(package(inside), mistake("A2", sheet="甲"))
        assert book["甲"].row_dimensions[2].hidden
        assert book["错误清单"]["D5"].value == "A2（所在行已隐藏）"


class TestAPart:
    def test_may_give_its_names_a_prefix(self) -> None:
        inside = '<x:sheetData><x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row></x:sheetData>'
        xml = f'<x:worksheet xmlns:x="{MAIN}">{inside}</x:worksheet>'
        content = package("", more={SHEET: xml})
        sheet = marked(content, "A1", "B2")
        assert [ground(sheet[cell]) for cell in ("A1", "B2")] == [RED, RED]
        assert sheet["C2"].value.startswith("［错误］B2")

    def test_may_be_in_another_encoding(self) -> None:
        xml = (
            f'<?xml version="1.0" encoding="UTF-16"?><worksheet xmlns="{MAIN}"><sheetData>'
            '<row r="1"><c r="A1" t="inlineStr"><is><t>甲乙</t></is></c></row></sheetData>'
            "</worksheet>"
        )
        sheet = marked(package("", more={SHEET: xml.encode("utf-16")}), "A1")
        assert (sheet["A1"].value, ground(sheet["A1"])) == ("甲乙", RED)

    def test_may_be_in_the_strict_form(self) -> None:
        content = parts(full_book())
        for name, inner in content.items():
            if name.endswith((".xml", ".rels")):
                content[name] = inner.replace(
                    MAIN.encode(), b"http://purl.oclc.org/ooxml/spreadsheetml/main"
                ).replace(OFFICE.encode(), OFFICE_STRICT)
        copy = parts(annotated_copy(zipped(content), [mistake("C4", sheet="表二")]))
        relations = copy["xl/worksheets/_rels/sheet2.xml.rels"]
        assert OFFICE_STRICT + b"/comments" in relations
        assert OFFICE.encode() not in relations
        assert b'xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"' in copy["xl/comments2.xml"]

    def test_is_kept_once_where_a_package_holds_it_twice(self) -> None:
        content = package(rows("A1"))
        with pytest.warns(UserWarning, match="Duplicate"):
            twice = _with_another(content, SHEET, parts(content)[SHEET])
        names = parts(annotated_copy(twice, [mistake("A1", sheet="甲")]))
        assert list(names).count(SHEET) == 1


OFFICE_STRICT = b"http://purl.oclc.org/ooxml/officeDocument/relationships"


def _with_another(content: bytes, name: str, inner: bytes) -> bytes:
    buffer = io.BytesIO(content)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr(name, inner)
    return buffer.getvalue()


class TestStyles:
    def test_may_be_missing(self) -> None:
        content = parts(package(rows("A1")))
        del content["xl/styles.xml"]
        content["xl/_rels/workbook.xml.rels"] = related(("worksheet", SHEET[3:])).encode()
        assert ground(marked(zipped(content), "A1")["A1"]) == RED

    @pytest.mark.parametrize(
        "inside",
        [
            "",
            "<fonts><font/></fonts><cellXfs><xf/></cellXfs>",
            "<fills><fill><patternFill/></fill></fills><borders/><cellXfs><xf/></cellXfs>",
            "<dxfs/><extLst/>",
        ],
        ids=["nothing", "no fills", "one fill", "only later ones"],
    )
    def test_may_lack_what_others_take_for_granted(self, inside: str) -> None:
        styles = f'<styleSheet xmlns="{MAIN}">{inside}</styleSheet>'
        content = package(rows("A1"), more={"xl/styles.xml": styles})
        xml = parts(annotated_copy(content, [mistake("A1", sheet="甲")]))["xl/styles.xml"].decode()
        order = [xml.index(f"<{tag}") for tag in ("fonts", "fills", "borders", "cellXfs")]
        assert order == sorted(order)
        assert len(re.findall("<fill>", xml)) >= 4
        assert ground(marked(content, "A1")["A1"]) == RED

    @pytest.mark.parametrize(
        ("colour", "dark"),
        [
            ('theme="0"', True),
            ('indexed="9"', True),
            ('rgb="FFFFFF00"', True),
            ('theme="1"', False),
            ('rgb="FF0000FF"', False),
        ],
        ids=["white of the theme", "white of the palette", "yellow", "black", "blue"],
    )
    def test_get_dark_letters_for_those_that_could_not_be_read(
        self, colour: str, dark: bool
    ) -> None:
        content = parts(package(rows("A1")))
        content["xl/styles.xml"] = content["xl/styles.xml"].replace(
            b"<font/>", f"<font><b/><color {colour}/><sz val='9'/></font>".encode()
        )
        font = marked(zipped(content), "A1")["A1"].font
        assert (font.color.type == "rgb" and font.color.rgb == "FF9C0006") is dark
        assert (font.bold, font.size) == (True, 9)

    def test_that_a_cell_names_may_not_be_there(self) -> None:
        inside = '<sheetData><row r="1"><c r="A1" s="77"><v>1</v></c></row></sheetData>'
        assert ground(marked(package(inside), "A1")["A1"]) == RED


class TestTheColumn:
    @pytest.mark.parametrize(
        ("merged", "heading"), [("A1:D1", "E1"), ("C9:F9", "G1")], ids=["title", "note"]
    )
    def test_stands_behind_merged_cells(self, merged: str, heading: str) -> None:
        merge = f'<mergeCells count="1"><mergeCell ref="{merged}"/></mergeCells>'
        content = package(rows("A1", "A2", "B3") + merge)
        assert column_of(marked(content, "A2")) == heading

    def test_stands_beside_the_lowest_row_that_is_frozen(self) -> None:
        views = (
            '<sheetViews><sheetView workbookViewId="0"><pane ySplit="3" topLeftCell="A4"'
            ' state="frozen"/></sheetView></sheetViews>'
        )
        content = package(views + rows("A1", "A5", "A6"))
        assert column_of(marked(content, "A6")) == "B3"

    def test_stands_beside_the_row_above_the_first_figures(self) -> None:
        names = "".join(
            f'<c r="{letter}2" t="inlineStr"><is><t>列</t></is></c>' for letter in "ABC"
        )
        figures = "".join(f'<c r="{letter}3"><v>1</v></c>' for letter in "ABC")
        inside = (
            '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>表名</t></is></c>'
            '<c r="C1" t="inlineStr"><is><t>单位：万元</t></is></c></row>'
            f'<row r="2">{names}</row><row r="3">{figures}</row>'
            '<row r="9"><c r="A9"><v>1</v></c></row></sheetData>'
        )
        assert column_of(marked(package(inside), "A9")) == "D2"

    def test_has_its_heading_and_a_message_in_one_cell_where_the_names_are_wrong(self) -> None:
        sheet = marked(package(rows("A1", "A2")), "A1")
        assert sheet["B1"].value.startswith("错误信息　［错误］A1")

    def test_takes_the_place_of_cells_that_have_nothing_but_a_style(self) -> None:
        row = '<row r="{0}"><c r="A{0}"><v>1</v></c><c r="B{0}" s="0"/><c r="C{0}"/></row>'
        inside = "".join(row.format(number) for number in (1, 2))
        content = package(f"<sheetData>{inside}</sheetData>")
        xml = sheet_xml(content, "A2")
        assert [xml.count(f'r="{cell}"') for cell in ("B1", "B2", "C2")] == [1, 1, 1]
        assert column_of(marked(content, "A2")) == "B1"

    def test_has_a_very_long_message_cut(self) -> None:
        said = [mistake("A2", "长" * length, sheet="甲") for length in (20_000, 1, 20_000)]
        text = copied(package(rows("A1", "A2")), *said)["甲"]["B2"].value
        assert len(text) < 32_767
        assert text.endswith("……共3处，其余见“错误清单”。")

    def test_is_left_out_where_the_sheet_is_used_to_its_end(self) -> None:
        book = copied(package(rows("A1", "XFD2")), mistake("A1", sheet="甲"))
        assert book["甲"]["A1"].comment
        assert [cell.coordinate for cell in book["甲"][1] if cell.value] == ["A1"]

    def test_does_not_move_a_filter_that_is_not_beside_it(self) -> None:
        content = package(rows("A1", "A2", "D3") + '<autoFilter ref="A1:B3"/>')
        assert marked(content, "A2").auto_filter.ref == "A1:B3"

    def test_takes_the_name_of_a_filter_that_is_gone(self) -> None:
        content = parts(package(rows("A1", "A2")))
        old = '<definedName name="_xlnm._FilterDatabase" localSheetId="0">甲!$A$1:$C$9'
        content["xl/workbook.xml"] = content["xl/workbook.xml"].replace(
            b"</sheets>", f"</sheets><definedNames>{old}</definedName></definedNames>".encode()
        )
        xml = parts(annotated_copy(zipped(content), [mistake("A2", sheet="甲")]))["xl/workbook.xml"]
        assert "localSheetId=\"0\">'甲'!$B$1:$B$2</definedName>" in xml.decode()


def drawn(anchor: str, before: str = "") -> bytes:
    """A workbook with 1 in A1 to A3, and a drawing."""
    relations = related(("drawing", "../drawings/drawing1.xml"))
    return package(
        before + rows("A1", "A2", "A3") + '<drawing r:id="r1"/>',
        more={
            "xl/worksheets/_rels/sheet1.xml.rels": relations,
            "xl/drawings/drawing1.xml": f'<d:wsDr xmlns:d="{DRAWING}">{anchor}</d:wsDr>',
        },
    )


def chart(*, top: int, bottom: int) -> str:
    """A chart over columns B to D."""
    corner = "<d:{0}><d:col>{1}</d:col><d:colOff>0</d:colOff><d:row>{2}</d:row></d:{0}>"
    inside = corner.format("from", 1, top) + corner.format("to", 3, bottom)
    return f"<d:twoCellAnchor>{inside}</d:twoCellAnchor>"


class TestADrawing:
    def test_over_its_rows_is_passed_by_the_column(self) -> None:
        assert column_of(marked(drawn(chart(top=0, bottom=8)), "A2")) == "E1"

    def test_below_is_not_pulled_wider(self) -> None:
        sheet = marked(drawn(chart(top=20, bottom=30)), "A2")
        assert column_of(sheet) == "B1"
        assert "B" not in sheet.column_dimensions

    def test_below_leaves_a_hidden_column_its_usual_width(self) -> None:
        columns = '<cols><col min="2" max="99" width="0" hidden="1" customWidth="1"/></cols>'
        xml = sheet_xml(drawn(chart(top=20, bottom=30), columns), "A2")
        assert '<col min="2" max="2"/><col min="3" max="99" width="0" hidden="1"' in xml

    def test_with_a_size_but_no_end_is_passed(self) -> None:
        corner = "<d:from><d:col>1</d:col><d:row>0</d:row></d:from>"
        size = '<d:ext cx="1500000" cy="900000"/>'
        picture = f"<d:oneCellAnchor>{corner}{size}</d:oneCellAnchor>"
        assert column_of(marked(drawn(picture), "A2")) == "E1"

    @pytest.mark.parametrize(
        "anchor",
        ["<d:twoCellAnchor/>", "<d:absoluteAnchor><d:ext/></d:absoluteAnchor>", "<d:from>x"],
        ids=["no corners", "no cell", "torn"],
    )
    def test_that_cannot_be_placed_is_not_cared_for(self, anchor: str) -> None:
        xml = sheet_xml(drawn(anchor), "A2")
        assert "错误信息" in re.findall(r'<c r="B1".*?</c>', xml)[0]

    def test_of_a_button_is_passed_as_well(self) -> None:
        sheet = copied(full_book(), mistake("E4"))["项目支出 '23"]
        assert sheet["G4"].value.startswith("［错误］E4")
        pushed = parts(full_book())
        pushed["xl/drawings/vmlDrawing1.vml"] = re.sub(
            rb"(Button\"><x:Anchor>)[^<]*", rb"\g<1>6, 0, 2, 0, 7, 16, 4, 0",
            pushed["xl/drawings/vmlDrawing1.vml"],
        )  # fmt: skip
        sheet = copied(zipped(pushed), mistake("E4"))["项目支出 '23"]
        assert sheet["I4"].value.startswith("［错误］E4")


class TestTheSettingsOfColumns:
    @staticmethod
    def _columns(inside: str) -> list[tuple[str, str]]:
        xml = sheet_xml(package(inside + rows("A1", "B2")), "B2")
        return re.findall(r'<col min="(\d+)" max="(\d+)"', xml)

    def test_are_made_where_there_are_none(self) -> None:
        assert self._columns("") == [("3", "3")]

    def test_are_parted_where_one_reaches_over_several(self) -> None:
        inside = '<cols><col min="2" max="9" width="5"/></cols>'
        assert self._columns(inside) == [("2", "2"), ("3", "3"), ("4", "9")]

    def test_stay_in_their_order(self) -> None:
        inside = '<cols><col min="1" max="1" width="5"/><col min="7" max="7" width="5"/></cols>'
        assert self._columns(inside) == [("1", "1"), ("3", "3"), ("7", "7")]


class TestCells:
    def test_that_are_merged_and_marked_in_several_rows_are_one(self) -> None:
        merge = '<mergeCells count="1"><mergeCell ref="A1:A5"/></mergeCells>'
        content = package(rows("A1", "B3") + merge)
        said = [mistake("A2", "甲错。", "", sheet="甲"), mistake("A4", "乙错。", "", sheet="甲")]
        assert copied(content, *said)["甲"]["A1"].comment.text == "［错误］甲错。\n［错误］乙错。"

    def test_that_are_marked_again_keep_their_formula(self) -> None:
        inside = (
            '<sheetData><row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="0">1+1</f><v>2</v></c>'
            '</row><row r="2"><c r="A2"><f t="shared" si="0"/><v>2</v></c></row></sheetData>'
        )
        xml = sheet_xml(package(inside), "A1", "A2")
        assert '<f t="shared" ref="A1:A2" si="0">1+1</f><v>2</v>' in xml
        assert '<f t="shared" si="0"/><v>2</v>' in xml

    def test_outside_of_any_sheet_are_only_listed(self) -> None:
        said = [mistake("XFE1", sheet="甲"), mistake("A0", sheet="甲")]
        book = copied(package(rows("A1")), *said)
        assert [book["错误清单"][f"D{row}"].value for row in (5, 6)] == ["XFE1", "A0"]
        assert book["甲"].dimensions == "A1:A1"
