"""Every figure of the sample's report is that of the folder, cell by cell, sentence by sentence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

import pytest
from tests.report.whole.plain_source import PlainSource, half_up, number, rows, says
from tests.report.whole.sample_report import SAMPLE, sample

from steelyard.evaluation.evaluation import Outcome
from steelyard.report.compose.here import NOWHERE
from steelyard.report.compose.load_outline import OUTLINES, load_outline
from steelyard.report.compose.material import load_material
from steelyard.report.compose.references import References
from steelyard.report.model.blocks import (
    Block,
    Cell,
    Chart,
    Document,
    Heading,
    Paragraph,
    Table,
    runs_of,
)
from steelyard.report.model.runs import Figure, Text

_CELL = re.compile(r"([^\[\]：]+)\[([^\[\]]+)\]\.([^\s|]+)")
_SCORE = re.compile(r"(分值|得分|扣分|得分率)：(.+)")


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    return sample()[0]


@pytest.fixture(scope="module")
def document() -> Document:
    return sample()[1].document


def whole_figures(document: Document) -> Iterator[Figure]:
    """Every figure, one that a cell shows on several lines put together again."""
    for block in document.blocks():
        cells = (
            [cell for row in (*block.head, *block.rows) for cell in row]
            if isinstance(block, Table)
            else []
        )
        if not cells:
            yield from (run for run in runs_of(block) if isinstance(run, Figure))
            continue
        for cell in cells:
            yield from _in_cell(cell)
        if isinstance(block, Table) and block.caption is not None:
            yield from (run for run in block.caption.runs if isinstance(run, Figure))


def _in_cell(cell: Cell) -> Iterator[Figure]:
    figures = [run for line in cell.lines for run in line if isinstance(run, Figure)]
    alone = all(isinstance(run, Figure) for line in cell.lines for run in line)
    if alone and figures and len({figure.reference for figure in figures}) == 1:
        # One text of several lines.
        yield Figure("\n".join(figure.text for figure in figures), figures[0].reference)
    else:
        yield from figures


def exact(outcome: Outcome, word: str, path: str) -> Fraction:
    """A score from the scorecard, added up by hand."""
    card = outcome.card
    whole = path == "全部"
    inside = [a for a in card.awards if whole or f"{a.leaf.text}/".startswith(f"{path}/")]
    assert inside, path
    points = sum((a.points for a in inside), Fraction(0))
    earned = sum((a.earned or Fraction(0) for a in inside), Fraction(0))
    return {
        "分值": points,
        "得分": earned,
        "扣分": points - earned,
        "得分率": earned / points * 100,
    }[word]


class TestEveryFigureOfTheReport:
    def test_is_the_one_in_the_folder(self, outcome: Outcome, document: Document) -> None:
        source = PlainSource(SAMPLE)
        seen: Counter[str] = Counter()
        for figure in whole_figures(document):
            body = figure.reference.partition(" | ")[0]
            cell, score = _CELL.fullmatch(body), _SCORE.fullmatch(body)
            fact = source.fact(body)
            if cell is not None:
                seen["cell"] += 1
                value, unit = source.cell(*cell.groups())
                assert says(figure.text, value, unit), figure
            elif fact is not None:
                seen["fact"] += 1
                assert says(figure.text, *fact), figure
            elif score is not None:
                seen["score"] += 1
                wanted = exact(outcome, score[1], score[2])
                shown = figure.text.removesuffix("%")
                assert Fraction(shown) == Fraction(half_up(wanted, 2)), figure
            else:
                seen["other"] += 1
        # Whole tables and chapters were walked, not a handful of numbers.
        assert seen["cell"] > 700
        assert seen["fact"] > 100
        assert seen["score"] > 300

    def test_can_be_looked_up_again_by_what_it_keeps(
        self, outcome: Outcome, document: Document
    ) -> None:
        outline = load_outline(OUTLINES / "department.toml")
        words = {word.name: word.default or "" for word in outline.words}
        references = References(outcome, {**words, **load_material(SAMPLE).words})
        for figure in whole_figures(document):
            again = references.run(figure.reference, NOWHERE)
            assert "".join(run.text for run in again) == figure.text, figure

    def test_computed_from_others_says_what_they_come_to(self, document: Document) -> None:
        """Sums and ratios of plain items and columns, worked out here once more."""
        source = PlainSource(SAMPLE)
        worked = 0
        for figure in whole_figures(document):
            value = _worked(figure.reference, source)
            if value is None:
                continue
            worked += 1
            shown = re.match(r"-?[\d.]+", figure.text)
            assert shown is not None, figure
            places = len(shown[0].partition(".")[2])
            scale = 100 if figure.text.endswith("%") else 1
            assert half_up(value * scale, places) == half_up(Fraction(shown[0]), places), figure
        assert worked > 20

    def test_that_is_a_number_opens_its_proof(self, document: Document) -> None:
        runs = (run for block in document.blocks() for run in runs_of(block))
        closed = [run for run in runs if isinstance(run, Figure) and run.numeric and not run.door]
        assert closed == []


def _worked(reference: str, source: PlainSource) -> Fraction | None:
    """Work out a formula of items and whole columns; None for any other."""
    body = reference.partition(" | ")[0]
    if not re.search(r"[-+×÷*/]|sum\(", body) or re.search(r"[\[：“,，]|count", body):
        return None

    def column(match: re.Match[str]) -> str:
        cells = [number(value) for value, _ in source.column(match[1], match[2])]
        return f"Fraction('{sum((c for c in cells if c is not None), Fraction(0))}')"

    def item(match: re.Match[str]) -> str:
        fact = source.fact(match[0])
        value = None if fact is None else number(fact[0])
        return "None" if value is None else f"Fraction('{value}')"

    said = re.sub(r"sum\(([\w]+)\.([\w]+)\)", column, body)
    said = re.sub(r"[\u4e00-\u9fff][\w.]*", item, said)
    if "None" in said:
        return None
    said = said.replace("×", "*").replace("÷", "/").replace("（", "(").replace("）", ")")
    result = eval(said, {"Fraction": Fraction})  # noqa: S307 - our own sample, worked out
    return result if isinstance(result, Fraction) else None


class TestTheReport:
    def test_has_all_sixteen_tables_in_order(self, document: Document) -> None:
        captions = [
            block.caption.text
            for block in document.blocks()
            if isinstance(block, Table) and block.caption is not None
        ]
        numbers = [re.match(r"表(\d+) ", caption) for caption in captions]
        assert [int(match[1]) for match in numbers if match] == list(range(1, 17))
        for number_, words in {
            1: "绩效目标表",
            2: "评价业务流程",
            3: "方式方法",
            4: "得分表",
            5: "完成情况表",
            6: "投入得分情况表",
            7: "过程得分情况表",
            8: "新增上级专项资金项目",
            9: "年初预算项目",
            10: "年中追加项目",
            11: "实际支出“三公”经费表",
            12: "预算安排“三公”经费表",
            13: "产出得分情况表",
            14: "重点工作情况表",
            15: "过紧日子情况得分情况表",
            16: "效益得分情况表",
        }.items():
            assert words in captions[number_ - 1]

    def test_has_all_ten_annexes(self, document: Document) -> None:
        annexes = [
            block.number
            for block in document.blocks()
            if isinstance(block, Heading) and block.look == "annex"
        ]
        assert annexes == [f"附件{n}：" for n in range(1, 11)]

    def test_has_all_chapters_and_their_sections(self, document: Document) -> None:
        chapters = [
            block.number
            for block in document.blocks()
            if isinstance(block, Heading) and block.level == 1 and block.look == "chapter"
        ]
        assert chapters == ["一、", "二、", "三、", "四、", "五、", "六、", "七、", "八、"]

    def test_speaks_of_every_leaf(self, outcome: Outcome, document: Document) -> None:
        scored = [
            block.text
            for block in document.blocks()
            if isinstance(block, Paragraph) and block.text.startswith("根据评分标准")
        ]
        assert len(scored) == len(outcome.card.awards)

    def test_has_charts_of_every_kind(self, document: Document) -> None:
        charts = [block for block in document.blocks() if isinstance(block, Chart)]
        assert len(charts) >= 6
        for chart in charts:
            assert chart.alt
            for series in chart.series:
                assert len(series.points) == len(chart.categories)

    def test_is_complete(self, document: Document) -> None:
        assert document.gaps == ()

    def test_types_no_figure(self) -> None:
        assert sample()[1].typed == ()

    def test_has_no_digit_in_words_but_years_names_and_ordinals(self, document: Document) -> None:
        """Whatever else holds a digit must be a figure."""
        found = []
        names = sorted(
            {
                row["名称"]
                for table in ("项目", "抽样项目", "自评项目", "上级追加项目")
                for row in rows(SAMPLE / "tables" / f"{table}.csv")
                if any(c.isdigit() for c in row["名称"])
            },
            key=len,
            reverse=True,
        )
        for text in _words(document):
            left = text
            for name in names:
                left = left.replace(name, "")
            left = _ALLOWED.sub("", left)
            if re.search(r"[0-9]", left):
                found.append(text)
        assert found == []


_ALLOWED = re.compile(
    r"《[^》]*》|[〔（(]\d{4}[〕）)]\d*号?|\d{4}年(?:度|初|末|底)?(?:\d{1,2}月(?:\d{1,2}日|底|初)?)?"
    r"|\d{1,2}月(?:\d{1,2}日|底|初)?|第\d+(?:题|选项|届|批|项)"
    r"|^　*附件：\d+．|^　+\d+．|^\d{1,2}．|（\d{1,2}）"
    r"|不足8%的未标数值"
)


def _words(document: Document) -> Iterator[str]:
    for block in document.blocks():
        for run in _of(block):
            if isinstance(run, Text) and any(c.isdigit() for c in run.text):
                yield run.text


def _of(block: Block) -> Iterator[object]:
    yield from runs_of(block)
