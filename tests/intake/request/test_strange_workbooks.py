"""Own workbooks that somebody tampered with: read as far as they say anything."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from openpyxl.cell.cell import Cell
from tests.intake.request.department import Copy, dictionary, workbook

from steelyard.facts.dictionary import Dictionary

TEXTS = (
    "steelyard:1:表:项目", "steelyard:1:数据项:", "steelyard:9:未知:甲", "steelyard:1:绩效目标:",
    "数据项:", "数据项:决算数", "目标:产值", "目标:无此目标", "表头", "说明", "未知:甲",
    "栏:数值", "栏:单位", "栏:", "列:万元:决算数", "列::序号", "列:无:决算数", "列",
    "决算数", "编制数", "（", "决算数（）", "—", "0", "1e300", "９９％", "#N/A", "=1/0", "\n",
    "甲" * 300,
)  # fmt: skip
"""Ids where they do not belong, and what people and programs leave behind."""


@pytest.fixture
def known(tmp_path: Path) -> Dictionary:
    return dictionary(tmp_path)


def scribbled(copy: Copy, seed: int) -> Copy:
    chance = random.Random(seed)
    sheets = copy.book.worksheets
    for _ in range(40):
        sheet = chance.choice(sheets)
        cell = sheet.cell(chance.randint(1, 14), chance.randint(1, 9))
        if isinstance(cell, Cell):
            cell.value = chance.choice(TEXTS)
    return copy


class TestATamperedWorkbook:
    @pytest.mark.parametrize("seed", range(12))
    def test_is_read_without_breaking(self, known: Dictionary, seed: int) -> None:
        copy = Copy(workbook(known)).answer("决算数", 80).list(("1", "甲", 5))
        seen = scribbled(copy, seed).read(known)
        assert {each.target.item for each in seen.sightings} <= {
            *known.items, *known.tables,
        }  # fmt: skip
        assert all(each.place.file for each in seen.mistakes)
        assert all(each.place.file for each in seen.questions)

    def test_of_another_format_is_refused(self, known: Dictionary) -> None:
        copy = Copy(workbook(known)).answer("决算数", 80)
        copy.figures["A1"].value = "steelyard:2:数据项:"
        seen = copy.read(known)
        assert seen.sightings == []
        assert "另一版本" in seen.mistakes[0].what

    def test_without_its_column_of_units_asks_for_them(self, known: Dictionary) -> None:
        copy = Copy(workbook(known)).answer("决算数", 80)
        copy.figures.merged_cells.ranges.clear()
        copy.figures.delete_cols(5)
        (question,) = copy.read(known).questions
        assert question.candidates[0] == "万元"

    def test_without_its_column_of_keys_is_told(self, known: Dictionary) -> None:
        copy = Copy(workbook(known)).list(("1", "甲", 5))
        copy.projects.delete_cols(2)
        (mistake,) = copy.read(known).mistakes
        assert "“序号”列不见了" in mistake.what
