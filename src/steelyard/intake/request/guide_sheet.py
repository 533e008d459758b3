"""The first sheet (填写说明): who is asked for what, until when, and how."""

from __future__ import annotations

from steelyard.intake.request.ask import Request, Share
from steelyard.intake.request.entry import DASH
from steelyard.intake.request.frame import Making
from steelyard.intake.request.ids import GUIDE, SheetMark
from steelyard.intake.request.looks import LINE, PADDING, clean, height
from steelyard.measure.dates import say_date

_WIDTHS = (24, 46, 12, 10, 12)
_HEADS = ("工作表", "填什么", "共", "待填", "已填或已有")
_WIDE = sum(_WIDTHS)

NOTHINGS = (
    ("空着", "缺：应当有，现在还没有或查不到。知道原因的写在说明栏。"),
    (f"“{DASH}”", "不适用：本单位没有这件事，不存在这个数。"),
    ("0", "零：有这件事，数就是零。"),
)
"""The three kinds of nothing, as they are written, and what each means."""

_PARTS = (
    (
        "三、怎么填",
        (
            "1. 只填浅黄色的单元格。浅绿色的是评价组已有的数据，请核对，不对的直接改。",
            "2. 数值只填数字；单位在“单位”栏选，或见表头括号。百分数填92.5，单位是%。",
            "3. 有几位小数就填几位，不要四舍五入；可以写公式。",
            "4. “来源文件及页码”写明数从哪里来，如：部门决算报表 财决01表。",
            "5. 口径与表中所写不同的，照实填，并在说明栏写明。",
            "6. 选中单元格时会出现提示；有下拉列表的，请从列表中选。",
            "7. 行列可以筛选、隐藏、插入，工作表可以改名：系统按隐藏的标识读取，不看位置。",
            "8. 请不要删除隐藏的第1行和A列。工作表的保护没有密码，只为防止误改。",
        ),
    ),
    (
        "四、怎么交回",
        (
            "填好后存为 .xlsx 文件交回评价组，文件名可以改。不要转成图片、PDF 或 Word。",
            "一时填不全的可以先交，缺的留空，以后在同一份表上补填再交。",
        ),
    ),
)


def write_guide(making: Making, name: str) -> None:
    """Write the first sheet; the sheets that it counts are written before."""
    sheet, looks, request = making.sheet(name), making.looks, making.request
    sheet.set_row(0, None, None, {"hidden": True})
    sheet.write_string(0, 0, str(SheetMark(GUIDE)), looks.hidden)
    sheet.set_column(0, 0, 2, None, {"hidden": True})
    for column, wide in enumerate(_WIDTHS, start=1):
        sheet.set_column(column, column, wide)
    row = 1
    title = f"{request.title}资料采集表（{making.share.supplier}）"
    sheet.merge_range(row, 1, row, len(_WIDTHS), clean(title), looks.name)
    # The title's letters are half as large again.
    sheet.set_row(row, 2 * height([(title, _WIDE * 2 // 3)]))
    for label, text in _about(request, making.share):
        row += 1
        sheet.write_string(row, 1, label, looks.label)
        sheet.merge_range(row, 2, row, len(_WIDTHS), clean(text), looks.boxed)
        sheet.set_row(row, height([(text, _WIDE - _WIDTHS[0])]))
    row = _write_counts(making, name, row + 2)
    row += 2
    sheet.write_string(row, 1, "二、三种“没有”，请分开填", looks.part)
    for sign, meaning in NOTHINGS:
        row += 1
        sheet.write_string(row, 1, sign, looks.middle)
        sheet.merge_range(row, 2, row, len(_WIDTHS), meaning, looks.boxed)
        sheet.set_row(row, height([(meaning, _WIDE - _WIDTHS[0])]))
    for part, lines in _PARTS:
        row += 2
        sheet.write_string(row, 1, part, looks.part)
        for line in lines:
            row += 1
            sheet.merge_range(row, 1, row, len(_WIDTHS), line, looks.line)
            sheet.set_row(row, height([(line, _WIDE)]))
    making.set_paper(sheet, landscape=False)
    sheet.protect("", {"format_columns": True, "format_rows": True})


def _about(request: Request, share: Share) -> tuple[tuple[str, str], ...]:
    due = f"请在{say_date(request.due)}前交回" if request.due else "见资料清单或另行通知"
    return (
        ("被评价单位", request.department),
        ("评价年度", f"{request.year}年"),
        ("填报方", share.supplier),
        ("交回时间", due),
    )


def _write_counts(making: Making, name: str, row: int) -> int:
    """Write what each sheet asks for, with live counts; return the last row."""
    sheet, looks = making.sheet(name), making.looks
    sheet.write_string(row, 1, "一、填哪些表", looks.part)
    row += 1
    sheet.set_row(row, LINE + PADDING)
    for column, head in enumerate(_HEADS, start=1):
        sheet.write_string(row, column, head, looks.head)
    for count in making.counts:
        row += 1
        link = f"internal:'{count.sheet.replace(chr(39), chr(39) * 2)}'!B2"
        sheet.write_url(row, 1, link, looks.link, count.sheet)
        sheet.write_string(row, 2, clean(count.what), looks.label)
        sheet.write_string(row, 3, count.asked, looks.middle)
        if count.waiting is None:
            sheet.write_string(row, 4, DASH, looks.middle)
        else:
            sheet.write_formula(row, 4, count.waiting_formula, looks.middle, count.waiting)
        sheet.write_formula(row, 5, count.filled_formula, looks.middle, count.filled)
        sheet.set_row(row, height([(count.sheet, _WIDTHS[0]), (count.what, _WIDTHS[1])]))
    return row
