"""Copies of workbooks from several programs, opened by LibreOffice."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from tests.intake.returned.made_books import (
    SHEET,
    TABLE,
    converted,
    copied,
    full_book,
    ground,
    mistake,
    opened,
    openpyxl_book,
    parts,
    question,
    values,
)

from steelyard.intake.reading.unreadable import Unreadable
from steelyard.intake.returned.annotated import annotated_copy, error_list

SAID = [mistake("B3", "预算数与明细之和相差3.00万元。"), mistake("C9")]
ASKED = [question("A5")]


def words(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("office")


@pytest.fixture(scope="module")
def office_book(folder: Path) -> bytes:
    """A workbook as LibreOffice writes it, with a chart and a comment."""
    return converted(full_book(), "xlsx", folder)


@pytest.fixture(scope="module", params=["xlsxwriter", "openpyxl", "libreoffice"])
def sent(request: pytest.FixtureRequest) -> bytes:
    """A workbook from one of three programs."""
    if request.param == "libreoffice":
        office: bytes = request.getfixturevalue("office_book")
        return office
    return full_book() if request.param == "xlsxwriter" else openpyxl_book()


@pytest.fixture(scope="module")
def saved_again(sent: bytes, folder: Path) -> Any:
    """The copy, opened and saved by LibreOffice."""
    return opened(converted(annotated_copy(sent, SAID, ASKED), "xlsx", folder))


class TestTheCopyInLibreOffice:
    def test_has_the_colours(self, saved_again: Any) -> None:
        found = [ground(saved_again[SHEET][cell]) for cell in ("B3", "C9", "A5")]
        assert found == ["FFFFB3B3", "FFFFB3B3", "FFFFF2A8"]

    def test_has_the_comments(self, saved_again: Any) -> None:
        sheet = saved_again[SHEET]
        assert "相差3.00万元" in sheet["B3"].comment.text
        assert "［待确认］按哪个单位读取？" in sheet["A5"].comment.text

    def test_has_the_list_and_its_links(self, saved_again: Any) -> None:
        sheet = saved_again["错误清单"]
        assert [sheet[f"D{row}"].value for row in (5, 6, 7)] == ["B3", "A5", "C9"]
        assert sheet["D5"].hyperlink.location.endswith("B3")

    def test_has_every_value_as_before(self, sent: bytes, folder: Path) -> None:
        before = values(converted(sent, "xlsx", folder))
        after = values(converted(annotated_copy(sent, SAID, ASKED), "xlsx", folder))
        assert before
        assert {place: after.get(place) for place in before} == before


class TestTheCopyOnPaper:
    def test_shows_the_column_and_the_list(self, folder: Path) -> None:
        printed = words(converted(annotated_copy(full_book(), SAID), "pdf", folder))
        assert "错误信息" in printed
        assert "［错误］C9 执行率应为百分数" in printed
        assert "共错误2处" in printed


class TestAWorkbookOfLibreOffice:
    def test_keeps_its_other_parts_and_its_values(self, office_book: bytes) -> None:
        copy = annotated_copy(office_book, SAID)
        before, after = parts(office_book), parts(copy)
        drawn = [name for name in before if "/charts/" in name or "/media/" in name]
        assert drawn
        assert all(after[name] == before[name] for name in [*drawn, "xl/sharedStrings.xml"])
        old, new = values(office_book), values(copy)
        assert {place: new.get(place) for place in old} == old

    def test_keeps_its_comment(self, office_book: bytes) -> None:
        text = copied(office_book, mistake("C5"))[SHEET]["C5"].comment.text
        assert text == "原有批注\n［错误］执行率应为百分数。\n请改为 95.0%。"

    def test_keeps_its_table(self, office_book: bytes) -> None:
        book = copied(office_book, mistake("C4", sheet=TABLE))
        assert book[TABLE].tables["Table1"].ref == "B2:D6"


class TestAnOlderWorkbook:
    def test_is_answered_with_a_list(self, folder: Path) -> None:
        older = converted(openpyxl_book(), "xls", folder)
        with pytest.raises(Unreadable, match="已加密，或是旧的"):
            annotated_copy(older, SAID)
        assert "共错误2处" in words(converted(error_list(SAID), "pdf", folder))
