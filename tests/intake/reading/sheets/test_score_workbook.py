"""The product's own workbooks are read back as they were written."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

from openpyxl import load_workbook

from steelyard.evaluation.evaluation import evaluate
from steelyard.evaluation.folder import load_evaluation
from steelyard.intake.reading.document import Document, Paragraph
from steelyard.intake.reading.sheets.read_workbook import read_workbook
from steelyard.report.workbook.score_workbook import score_workbook

EXAMPLE = Path(__file__).parents[4] / "examples" / "qiannan-2023"


def read(document: Document) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    """Each place with text and formula."""
    for block in document.blocks:
        if isinstance(block, Paragraph):
            ends = [*(spot.offset for spot in block.words.spots[1:]), len(block.words.text) + 1]
            for spot, end in zip(block.words.spots, ends, strict=True):
                yield (spot.sheet, spot.cell), (block.words.text[spot.offset : end].strip(), "")
        else:
            for cell in block.cells:
                spot = cell.words.spots[0]
                yield (spot.sheet, spot.cell), (cell.words.text, cell.formula)


class TestTheScoringWorkbook:
    def test_is_read_back_cell_by_cell(self) -> None:
        content = score_workbook([evaluate(load_evaluation(EXAMPLE))])
        ours = dict(read(read_workbook("评分表.xlsx", content)))
        values = load_workbook(io.BytesIO(content), data_only=True)
        formulas = load_workbook(io.BytesIO(content))
        seen = 0
        for sheet in values.worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    formula = formulas[sheet.title][cell.coordinate].value
                    text, ours_formula = ours.get((sheet.title, cell.coordinate), ("", ""))
                    if isinstance(formula, str) and formula.startswith("="):
                        assert ours_formula == formula.removeprefix("=")
                    if isinstance(cell.value, str):
                        assert text == cell.value.strip()
                    elif isinstance(cell.value, int | float):
                        scale = 100 if text.endswith("%") else 1
                        shown = float(text.rstrip("%").replace(",", "")) / scale
                        assert abs(shown - cell.value) <= 0.005
                    seen += cell.value is not None
        assert seen > 500
