"""Plain text: wrapped lines are joined, flattened tables rebuilt as far as their totals prove."""

from __future__ import annotations

from pathlib import Path

import pytest

from steelyard.intake.reading.document import Document, Paragraph, Table
from steelyard.intake.reading.read_file import read_file

WRAPPED = """\
2023年，县农业农村局（以下简称“县农业局”）围绕粮食安全、乡村产业和耕
地保护三项职责安排部门整体支出，全年预算数为1,203.40万元，支出数为1,
180.25万元，预算完成率98.08%。全年共开展技术培训36期，受训农户2,150人
次，发放资料4,300份。
计分过程：预算调整率=（1,203.40-1,100.00）÷1,100.00×100%=9.40%；得分=
3-0.5×1.88=2.06分，其余各项按评分标准计算，计算过程见附件所列各表及说明。
"""

FLATTENED = """\
一、项目支出情况
表1 项目支出情况表
序号 项目名称 预算数 决算数
1 高标准农田管护 120.00 110.50
2 良种补贴 80.00 80.00
3 农机购置 60.50 58.00
合计 260.50 248.50
以上项目均已完成。
"""


def read(tmp_path: Path, text: str) -> Document:
    path = tmp_path / "报告.txt"
    path.write_text(text, encoding="utf-8")
    return read_file(path)


def paragraphs(document: Document) -> list[str]:
    return [block.words.text for block in document.blocks if isinstance(block, Paragraph)]


class TestWrappedLines:
    def test_are_one_paragraph_and_a_cut_number_is_whole(self, tmp_path: Path) -> None:
        first, *_ = paragraphs(read(tmp_path, WRAPPED))
        assert "支出数为1,180.25万元" in first
        assert first.endswith("4,300份。")

    def test_go_on_where_a_calculation_was_cut(self, tmp_path: Path) -> None:
        last = paragraphs(read(tmp_path, WRAPPED))[-1]
        assert "得分=3-0.5×1.88=2.06分" in last

    def test_keep_the_line_of_the_file(self, tmp_path: Path) -> None:
        document = read(tmp_path, WRAPPED)
        block = document.blocks[0]
        assert isinstance(block, Paragraph)
        assert [spot.line for spot in block.words.spots] == [1, 2, 3, 4]


class TestAFlattenedTable:
    def test_is_rebuilt_and_certain_where_its_total_agrees(self, tmp_path: Path) -> None:
        document = read(tmp_path, FLATTENED)
        (table,) = (block for block in document.blocks if isinstance(block, Table))
        cells = {(cell.row, cell.column): cell.words.text for cell in table.cells}
        assert table.certain
        assert cells[2, 1] == "良种补贴"
        assert cells[4, 3] == "248.50"

    def test_is_a_guess_where_nothing_proves_it(self, tmp_path: Path) -> None:
        document = read(tmp_path, FLATTENED.replace("260.50 248.50", "299.00 277.00"))
        tables = [block for block in document.blocks if isinstance(block, Table)]
        assert not any(table.certain for table in tables)


class TestOtherEncodings:
    @pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
    def test_are_read(self, tmp_path: Path, encoding: str) -> None:
        path = tmp_path / "报告.txt"
        path.write_bytes(WRAPPED.encode(encoding))
        assert "县农业农村局" in paragraphs(read_file(path))[0]
