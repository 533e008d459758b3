"""Reading back an own workbook (读回资料采集表): ids decide, never positions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from steelyard.facts.dictionary import Dictionary
from steelyard.intake.reading.document import Document
from steelyard.intake.request import ids
from steelyard.intake.request.ask import shares_of
from steelyard.intake.request.basket import Basket
from steelyard.intake.request.lists import Lists
from steelyard.intake.request.returned import Held, Sheet, sheets_of
from steelyard.intake.request.rows import read_rows
from steelyard.intake.sighting import Seen

_WORKBOOK = "workbook"


@dataclass(frozen=True, slots=True)
class About:
    """What an own workbook says of itself (表的来历)."""

    framework: str = ""
    department: str = ""
    year: str = ""
    supplier: str = ""
    fingerprint: str = ""


def about_of(document: Document) -> About | None:
    """Return what a workbook says of itself, None when it is no own workbook."""
    if document.kind != _WORKBOOK:
        return None
    sheets = sheets_of(document)
    if all(sheet.mark is None for sheet in sheets):
        return None
    return _about(sheets)


def read_own(
    document: Document,
    dictionary: Dictionary,
    *,
    answers: Mapping[str, str] | None = None,
    department: str = "",
    year: int | None = None,
) -> Seen | None:
    """Read an own workbook that came back.

    Args:
        document: Any file as it was read.
        dictionary: What the evaluation may know.
        answers: What people answered before, by the key of the question.
        department: Who is evaluated; another's workbook is then refused.
        year: The year evaluated; another year's workbook is then refused.

    Returns:
        Sightings, questions and mistakes, each with its cell; None when the file is
        no own workbook. What was left blank is not spoken of.
    """
    if document.kind != _WORKBOOK:
        return None
    sheets = sheets_of(document)
    if all(sheet.mark is None for sheet in sheets):
        return None
    basket = Basket(document, dictionary, answers or {})
    if not _is_ours(basket, sheets, department, year):
        return basket.seen
    lists = Lists(basket)
    for sheet in sheets:
        match sheet.mark:
            case None:
                basket.remark(sheet, "没有隐藏的标识，没有读取；是另附的材料时，请单独交")
            case ids.SheetMark(kind=ids.FIGURES | ids.GOALS):
                read_rows(basket, sheet)
            case ids.SheetMark(kind=ids.TABLE, name=name):
                lists.read(sheet, name)
    basket.settle()
    lists.settle()
    _tell_changes(basket, _about(sheets))
    return basket.seen


def _about(sheets: Sequence[Sheet]) -> About:
    said: dict[str, str] = {}
    for sheet in sheets:
        if sheet.mark is not None and sheet.mark.kind == ids.ABOUT:
            row, column = sheet.at
            for (at, key_column), held in sheet.cells.items():
                if key_column == column and at != row:
                    said[held.text] = sheet.held(at, column + 1).text
    return About(
        framework=said.get(ids.FRAMEWORK, ""),
        department=said.get(ids.DEPARTMENT, ""),
        year=said.get(ids.YEAR, ""),
        supplier=said.get(ids.SUPPLIER, ""),
        fingerprint=said.get(ids.FINGERPRINT, ""),
    )


def _is_ours(basket: Basket, sheets: Sequence[Sheet], department: str, year: int | None) -> bool:
    """Tell whether the workbook is of this format, department and year; else say so."""
    about = _about(sheets)
    marked = [sheet for sheet in sheets if sheet.mark is not None]
    strange = [s for s in marked if s.mark is not None and s.mark.format != ids.FORMAT]
    wrong: list[tuple[str, str]] = []
    if strange:
        wrong.append(
            (
                "这份资料采集表是另一版本的系统生成的，没有读取。",
                "请升级后再读，或用 steelyard request 重新生成。",
            )
        )
    if department and about.department and about.department != department:
        wrong.append(
            (
                f"这份资料采集表是向“{about.department}”发出的，被评价单位是“{department}”。",
                "请核对是否交错了文件；单位更名的，请用 steelyard request 重新生成。",
            )
        )
    if year is not None and about.year and about.year != str(year):
        wrong.append(
            (
                f"这份资料采集表要的是{about.year}年的数据，评价年度是{year}年。",
                "请核对是否交错了文件；要用的数请填到今年的表里。",
            )
        )
    for what, mend in wrong:
        basket.wrong(marked[0], Held(), what, mend)
    return not wrong


def _tell_changes(basket: Basket, about: About) -> None:
    """Say when the dictionary is not what it was when the workbook was sent."""
    if not about.fingerprint:
        basket.seen.remarks.append(
            f"{basket.document.name}：隐藏的工作表“steelyard”不在了，不知道是向谁、为哪一年发出的。"
        )
        return
    shares = shares_of(basket.dictionary)
    share = next((each for each in shares if each.supplier == about.supplier), None)
    if share is None or share.fingerprint != about.fingerprint:
        basket.seen.remarks.append(
            f"{basket.document.name}：这份表发出后数据字典有变动，新增的数据项没有问到。"
        )
