"""One fact changed in the folder: every place of it moves in every output, nothing else does."""

from __future__ import annotations

import io
import re
from difflib import SequenceMatcher
from pathlib import Path

import docx
import openpyxl
import pypdfium2
import pytest
from docx.oxml.ns import qn
from tests.report.whole.sample_report import SAMPLE, Copy, composed, sample

from steelyard.evaluation.evaluation import Outcome
from steelyard.report.compose.composer import Composed
from steelyard.report.model.blocks import Chart, Document, Table, runs_of
from steelyard.report.model.runs import Figure
from steelyard.report.page.writer import page_file
from steelyard.report.pdf.typeset import pdf_by_typst
from steelyard.report.word.writer import word_file
from steelyard.report.workbook.annex_workbook import report_workbook

FACT, OLD, NEW = "政府采购预算数", "92.1", "95.7"
LEAF = "过程/预算执行/政府采购执行率"

Made = tuple[Outcome, Composed]


@pytest.fixture(scope="module")
def before() -> Made:
    return sample()


@pytest.fixture(scope="module")
def after(tmp_path_factory: pytest.TempPathFactory) -> Made:
    copy = Copy(tmp_path_factory.mktemp("moved") / "evaluation")
    copy.change("facts.csv", f"{FACT},{OLD},", f"{FACT},{NEW},")
    return composed(copy.folder)


def figures(document: Document) -> list[Figure]:
    """Every figure in order, those of charts among them."""
    found = []
    for block in document.blocks():
        found += [run for run in runs_of(block) if isinstance(run, Figure)]
        if isinstance(block, Chart):
            found += [
                Figure(point.label, point.reference)
                for series in block.series
                for point in series.points
            ]
    return found


def rests_on_the_fact(reference: str) -> bool:
    """Whether a reference reads the fact, its leaf, or anything that the leaf adds to."""
    above = (LEAF, "过程/预算执行", "过程", "全部", "")
    if FACT in reference:
        return True
    body = reference.partition(" | ")[0]
    word, _, target = body.partition("：")
    scored = ("得分", "扣分", "得分率", "得分说明", "扣分说明", "计分过程", "算式", "指标值")
    if word in (*scored, "实际值") and target in above:
        return True
    return body in ("总分", "等级", "得分区间", "等级距离")


class TestAChangedFact:
    def test_moves_every_figure_that_rests_on_it_and_no_other(
        self, before: Made, after: Made
    ) -> None:
        old, new = figures(before[1].document), figures(after[1].document)
        assert [figure.reference for figure in old] == [figure.reference for figure in new]
        moved = [a for a, b in zip(old, new, strict=True) if a.text != b.text]
        assert moved
        for figure in moved:
            assert rests_on_the_fact(figure.reference), figure
        for figure in new:
            if FACT in figure.reference:
                assert OLD not in figure.text, figure
                assert figure.text in (NEW, f"{NEW}万元") or "政府采购" not in figure.text

    def test_leaves_all_words_as_they_were(self, before: Made, after: Made) -> None:
        def words(document: Document) -> list[str]:
            return [
                run.text
                for block in document.blocks()
                for run in runs_of(block)
                if not isinstance(run, Figure)
            ]

        assert words(before[1].document) == words(after[1].document)

    def test_moves_the_same_lines_in_word(self, before: Made, after: Made) -> None:
        old, new = (_word_lines(word_file(made[1].document)) for made in (before, after))
        assert _moved(old, new) == _moved(*_lines_of(before, after))

    def test_moves_the_same_lines_in_the_page(self, before: Made, after: Made) -> None:
        texts = [_page_text(page_file(made[1].document, None)) for made in (before, after)]
        _check(texts, before, after)

    def test_moves_the_same_lines_in_the_pdf(self, before: Made, after: Made) -> None:
        texts = [_pdf_text(pdf_by_typst(made[1].document).pdf) for made in (before, after)]
        _check(texts, before, after)

    def test_moves_the_cells_of_the_workbook(self, before: Made, after: Made) -> None:
        old, new = (_cells(report_workbook(made[0], made[1].document)) for made in (before, after))
        moved = {place: value for place, value in new.items() if old.get(place) != value}
        assert old.keys() == new.keys()
        assert any(str(value) == NEW for value in moved.values())
        assert OLD not in {str(value) for place, value in new.items() if place in moved}
        # The fact, its leaf, the sums above it, and what tells of them.
        assert len(moved) < 40


def _lines_of(before: Made, after: Made) -> tuple[list[str], list[str]]:
    def lines(document: Document) -> list[str]:
        found = []
        for block in document.blocks():
            if isinstance(block, Table):
                found += [
                    "".join(run.text for run in line)
                    for row in (*block.head, *block.rows)
                    for cell in row
                    for line in cell.lines
                ]
            else:
                found.append("".join(run.text for run in runs_of(block)))
        return found

    return lines(before[1].document), lines(after[1].document)


def _moved(old: list[str], new: list[str]) -> set[tuple[str, str]]:
    """The lines that differ, as pairs; both texts have the same lines in the same order."""
    assert len(old) == len(new)
    return {(_bare(a), _bare(b)) for a, b in zip(old, new, strict=True) if _bare(a) != _bare(b)}


def _bare(text: str) -> str:
    return re.sub(r"\s|\u200b", "", text)


def _word_lines(data: bytes) -> list[str]:
    body = docx.Document(io.BytesIO(data)).element.body
    return [
        "".join(node.text or "" for node in paragraph.iter(qn("w:t")))
        for paragraph in body.iter(qn("w:p"))
    ]


def _page_text(page: str) -> str:
    body = page[page.index("<main") : page.index("</main>")]
    return _bare(re.sub(r"<svg.*?</svg>|<[^>]+>", "", body, flags=re.DOTALL))


def _pdf_text(data: bytes) -> str:
    pages = pypdfium2.PdfDocument(data)
    return _bare("".join(page.get_textpage().get_text_bounded() for page in pages))


def _check(texts: list[str], before: Made, after: Made) -> None:
    """The stretches that differ lie inside lines that moved in the document."""
    pairs = _moved(*_lines_of(before, after))
    gone = [old for old, _ in pairs]
    for old, new in pairs:
        assert new in texts[1] or len(new) > 30
        assert texts[0].count(old) >= 1 or len(old) > 30
    matcher = SequenceMatcher(None, _pieces(texts[0]), _pieces(texts[1]), False)
    for tag, first, last, _, _ in matcher.get_opcodes():
        if tag == "equal":
            continue
        for piece in _pieces(texts[0])[first:last]:
            assert any(piece in line or line in piece for line in gone), piece


def _pieces(text: str) -> list[str]:
    return re.split(r"(?<=[。；，：])", text)


def _cells(data: bytes) -> dict[str, object]:
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    return {
        f"{sheet.title}!{cell.coordinate}": cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def test_the_sample_has_the_figure_only_where_it_says() -> None:
    """The figure that the test moves is no other one's value, or the test would not tell."""
    facts = (SAMPLE / "facts.csv").read_text(encoding="utf-8")
    assert facts.count(f",{OLD},") == 1
    assert Path(SAMPLE / "tables").is_dir()
