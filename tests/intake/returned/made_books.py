"""Faulty workbooks as senders make them, and copies opened again."""

from __future__ import annotations

import io
import struct
import subprocess
import warnings
import zipfile
import zlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import xlsxwriter
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet
from tests.workbook.recalculation import office

from steelyard.intake.returned.annotated import annotated_copy
from steelyard.intake.sighting import Doubt, Mistake, Place, Question

SHEET = "项目支出 '23"
TABLE, HIDDEN, EMPTY, CHART = "表二", "底稿", "空表", "图"
MACRO = b"\xd0\xcf\x11\xe0 a macro that nobody runs" * 20

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def at(cell: str, sheet: str = SHEET) -> Place:
    return Place(file="甲.xlsx", sheet=sheet, cell=cell)


def mistake(
    cell: str, what: str = "执行率应为百分数。", mend: str = "请改为 95.0%。", *, sheet: str = SHEET
) -> Mistake:
    return Mistake(what=what, mend=mend, place=at(cell, sheet), quote="九成五")


def question(cell: str, text: str = "按哪个单位读取？", *, sheet: str = SHEET) -> Question:
    return Question(
        doubt=Doubt.UNIT,
        key="unit",
        text=text,
        candidates=("万元", "元"),
        place=at(cell, sheet),
        quote="104.00",
    )


# -------------------------------------------------------------------- senders


def picture() -> bytes:
    """A small red picture."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + check

    head = struct.pack(">IIBBBBB", 40, 20, 8, 2, 0, 0, 0)
    lines = zlib.compress((b"\0" + b"\xc0\x40\x40" * 40) * 20)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", lines) + chunk(b"IEND", b"")


@cache
def full_book(*, macro: bool = False) -> bytes:
    """A workbook with all that a sender may have laid out.

    Title in row 1, unit in row 2, names in row 3, twelve projects in rows 4 to 15,
    columns A to F; the rest of the columns is hidden.
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    if macro:
        book.add_vba_project(io.BytesIO(MACRO), is_stream=True)
    title = book.add_format({"bold": True, "align": "center", "font_size": 16})
    head = book.add_format({"bg_color": "#1F4E79", "font_color": "#FFFFFF", "border": 1})
    amount = book.add_format({"num_format": "#,##0.00", "border": 1})
    rate = book.add_format({"num_format": "0.0%", "border": 1})
    boxed = book.add_format({"border": 1})
    sheet = book.add_worksheet(SHEET)
    sheet.merge_range("A1:F1", "2023年项目支出绩效情况表", title)
    sheet.write("F2", "单位：万元")
    for column, name in enumerate(["序号", "项目", "预算数", "执行数", "执行率", "备注"]):
        sheet.write(2, column, name, head)
    for row in range(3, 15):
        sheet.write(row, 0, row - 2, boxed)
        sheet.write(row, 1, f"项目{row - 2}", boxed)
        sheet.write(row, 2, 100 + row, amount)
        sheet.write(row, 3, 90 + row, amount)
        sheet.write_formula(row, 4, f"=D{row + 1}/C{row + 1}", rate, 0.9)
    sheet.merge_range("B13:B15", "合并的项目", boxed)
    sheet.set_column("A:A", 6)
    sheet.set_column("B:B", 24)
    sheet.set_column("C:F", 12)
    sheet.set_column("G:XFD", None, None, {"hidden": True})
    sheet.freeze_panes(3, 2)
    sheet.autofilter("A3:F15")
    sheet.write_comment("C5", "原有批注")
    sheet.data_validation("F4:F15", {"validate": "list", "source": ["甲", "乙"]})
    sheet.conditional_format(
        "E4:E15", {"type": "cell", "criteria": "<", "value": 0.5, "format": boxed}
    )
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": [SHEET, 3, 3, 14, 3]})
    sheet.insert_chart("B18", chart)
    sheet.insert_image("E40", "a.png", {"image_data": io.BytesIO(picture())})
    sheet.insert_button("A20", {"caption": "汇总", "width": 40, "height": 20})
    sheet.set_landscape()
    sheet.protect("密码")
    table = book.add_worksheet(TABLE)
    columns = [{"header": name} for name in "甲乙丙"]
    table.add_table("B2:D6", {"columns": columns, "data": [[1, 2, 3]] * 4})
    hidden = book.add_worksheet(HIDDEN)
    hidden.write("B7", "草稿")
    hidden.hide()
    book.add_worksheet(EMPTY)
    lines = book.add_chart({"type": "line"})
    lines.add_series({"values": [TABLE, 2, 1, 5, 1]})
    book.add_chartsheet(CHART).set_chart(lines)
    book.define_name("执行合计", "='项目支出 ''23'!$D$4:$D$15")
    book.close()
    return out.getvalue()


@cache
def openpyxl_book() -> bytes:
    """The same kind of table, from another program."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = SHEET
    sheet.append(["项目", "预算数", "执行数"])
    for row in range(2, 12):
        sheet.append([f"项目{row}", 100 + row, f"=B{row}-1"])
    sheet["B3"].comment = Comment("原有批注", "甲")
    sheet["A4"].number_format = "@"
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def converted(content: bytes, kind: str, folder: Path, *, ending: str = ".xlsx") -> bytes:
    """A workbook as LibreOffice saves it: ``pdf``, ``xlsx`` or ``xls``."""
    source = folder / f"book{ending}"
    source.write_bytes(content)
    out = folder / f"out-{kind}"
    command = [office(), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", kind, "--outdir", str(out), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return (out / f"book.{kind}").read_bytes()


# -------------------------------------------------------------------- by hand


def package(inside: str, *, more: Mapping[str, str | bytes] | None = None) -> bytes:
    """A workbook of one sheet, the inside of its XML given; parts may be added or replaced."""
    relation = '<Relationship Id="{}" Type="{}/{}" Target="{}"/>'
    roots = relation.format("r1", OFFICE, "officeDocument", "xl/workbook.xml")
    inner = relation.format("r1", OFFICE, "worksheet", "/xl/worksheets/sheet1.xml")
    inner += relation.format("r2", OFFICE, "styles", "styles.xml")
    fill = '<fill><patternFill patternType="none"/></fill>'
    written: dict[str, str | bytes] = {
        "[Content_Types].xml": (
            f'<Types xmlns="{PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
            'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
            '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-'
            'officedocument.spreadsheetml.sheet.main+xml"/><Override PartName='
            '"/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-'
            'officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml"'
            ' ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.'
            'styles+xml"/></Types>'
        ),
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{roots}</Relationships>',
        "xl/workbook.xml": (
            f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
            '<sheet name="甲" sheetId="1" r:id="r1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{PACKAGE}/relationships">{inner}</Relationships>'
        ),
        "xl/styles.xml": (
            f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font/></fonts>'
            f'<fills count="1">{fill}</fills><borders count="1"><border/></borders>'
            '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellXfs>'
            "</styleSheet>"
        ),
        "xl/worksheets/sheet1.xml": (
            f'<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}">{inside}</worksheet>'
        ),
        **(more or {}),
    }
    return zipped(written)


def rows(*cells: str) -> str:
    """The XML of rows with 1 in some cells, each in a row of its own, ascending."""
    inside = ""
    for cell in cells:
        row = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        inside += f'<row r="{row}"><c r="{cell}"><v>1</v></c></row>'
    return f"<sheetData>{inside}</sheetData>"


def related(*kinds_and_targets: tuple[str, str]) -> str:
    """The relations of a part: r1, r2 and so on."""
    listed = "".join(
        f'<Relationship Id="r{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(kinds_and_targets, start=1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{listed}</Relationships>'


def zipped(written: Mapping[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in written.items():
            archive.writestr(name, content)
    return buffer.getvalue()


# --------------------------------------------------------------------- copies


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def opened(content: bytes) -> Any:
    """A workbook as another program reads it."""
    with warnings.catch_warnings():
        # A style of that name is not asked for, and workbooks made by hand have none.
        warnings.filterwarnings("ignore", "Workbook contains no (default style|stylesheet)")
        return load_workbook(io.BytesIO(content))


def copied(content: bytes, *said: Mistake | Question) -> Any:
    """The annotated copy, as another program reads it."""
    mistakes = [each for each in said if isinstance(each, Mistake)]
    questions = [each for each in said if isinstance(each, Question)]
    return opened(annotated_copy(content, mistakes, questions))


def marked(content: bytes, *cells: str, sheet: str = "甲") -> Any:
    """The sheet of a copy in which some cells are called wrong."""
    return copied(content, *(mistake(cell, sheet=sheet) for cell in cells))[sheet]


def ground(cell: Any) -> str:
    """The colour behind a cell."""
    return str(cell.fill.fgColor.rgb) if cell.fill.fill_type else ""


def stored(content: bytes) -> dict[tuple[str, str], tuple[str | None, ...]]:
    """Each filled cell of a workbook as it is in the file: type, formula, value, words."""
    found: dict[tuple[str, str], tuple[str | None, ...]] = {}
    for name, inner in parts(content).items():
        if name.startswith("xl/worksheets/sheet"):
            for cell in ET.fromstring(inner).iter(f"{{{MAIN}}}c"):
                inside = tuple(cell.findtext(f".//{{{MAIN}}}{tag}") for tag in ("f", "v", "t"))
                if any(each is not None for each in inside):
                    found[name, cell.get("r", "")] = (cell.get("t"), *inside)
    return found


def values(content: bytes) -> dict[tuple[bool, str, str], object]:
    """Each filled cell of a workbook: its formula, and the value that was stored."""
    found: dict[tuple[bool, str, str], object] = {}
    for stored in (False, True):
        book = load_workbook(io.BytesIO(content), data_only=stored)
        for sheet in book.worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.value is not None:
                        found[stored, sheet.title, cell.coordinate] = cell.value
    return found
