"""The proof page: alone in one file, whole, and deaf to markup in what people wrote."""

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from steelyard.evaluation.evaluation import Evaluation, Outcome, evaluate
from steelyard.evaluation.folder import load_evaluation
from steelyard.facts.ledger import Ledger
from steelyard.framework.indicator import Choice
from steelyard.measure.nothing import MISSING, NOT_APPLICABLE
from steelyard.measure.number import plain
from steelyard.measure.quantity import Quantity, Value
from steelyard.measure.units import unit_named
from steelyard.report.proof.page import proof_page
from steelyard.report.proof.text import change_text, shown

SAMPLE = Path(__file__).resolve().parents[2] / "examples" / "qiannan-2023"
HOSTILE = "</script><script>alert('甲')</script><img src=x onerror=alert(1)>"
VOID = {"meta", "input", "br", "img", "link", "hr"}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    inside: list["Element | str"] = field(default_factory=list)

    def walk(self) -> Iterator["Element"]:
        yield self
        for part in self.inside:
            if isinstance(part, Element):
                yield from part.walk()

    @property
    def text(self) -> str:
        return "".join(part if isinstance(part, str) else part.text for part in self.inside)

    def find(self, tag: str, kind: str = "") -> list["Element"]:
        return [
            each
            for each in self.walk()
            if each.tag == tag and (not kind or kind in each.attributes.get("class", "").split())
        ]


class Page(HTMLParser):
    """A page read strictly: what is opened is closed, in order."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.source = text
        self.root = Element("", {})
        self.open = [self.root]
        self.feed(text)
        self.close()
        assert [each.tag for each in self.open] == [""]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)

    @property
    def records(self) -> dict[str, Any]:
        script = next(s for s in self.root.find("script") if s.attributes.get("id") == "records")
        records: dict[str, Any] = json.loads(script.text)
        return records


@pytest.fixture(scope="module")
def sample() -> Evaluation:
    return load_evaluation(SAMPLE)


@pytest.fixture(scope="module")
def outcome(sample: Evaluation) -> Outcome:
    return evaluate(sample)


@pytest.fixture(scope="module")
def page(outcome: Outcome) -> Page:
    return Page(proof_page(outcome))


@pytest.fixture(scope="module")
def hostile(sample: Evaluation) -> Page:
    ledger = sample.ledger
    facts = {
        name: replace(
            fact,
            note=HOSTILE,
            origin=replace(fact.origin, source=HOSTILE, quote=HOSTILE),
        )
        for name, fact in ledger.facts.items()
    }
    judgements = {
        path: {key: replace(judgement, why=HOSTILE) for key, judgement in points.items()}
        for path, points in sample.judgements.items()
    }
    evaluation = replace(
        sample,
        title=HOSTILE,
        department=HOSTILE,
        agency=HOSTILE,
        ledger=Ledger(ledger.dictionary, facts, ledger.tables),
        judgements=judgements,
        conflicts=tuple(replace(c, id=HOSTILE, reason=HOSTILE) for c in sample.conflicts),
    )
    return Page(proof_page(evaluate(evaluation)))


def without(evaluation: Evaluation, item: str) -> Evaluation:
    """The evaluation, one figure not yet known."""
    ledger = evaluation.ledger
    facts = {name: fact for name, fact in ledger.facts.items() if name != item}
    conflicts = tuple(c for c in evaluation.conflicts if c.target.item != item)
    return replace(
        evaluation,
        ledger=Ledger(ledger.dictionary, facts, ledger.tables),
        conflicts=conflicts,
    )


class TestTheProofPage:
    def test_loads_nothing_from_outside(self, page: Page) -> None:
        assert "http:" not in page.source
        assert "https:" not in page.source
        assert "@import" not in page.source
        assert "url(" not in page.source.replace("url(#", "")
        for element in page.root.walk():
            assert "src" not in element.attributes
            assert element.attributes.get("href", "#").startswith("#")
            assert element.tag not in {"link", "img", "iframe", "object", "embed", "base"}

    def test_admits_its_own_style_and_script_alone(self, page: Page) -> None:
        policy = next(
            meta.attributes["content"]
            for meta in page.root.find("meta")
            if meta.attributes.get("http-equiv") == "Content-Security-Policy"
        )
        assert policy.startswith("default-src 'none'")
        assert "unsafe" not in policy
        style = page.root.find("style")[0].text
        script = page.root.find("script")[-1].text
        for text in (style, script):
            digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
            assert f"'sha256-{digest}'" in policy

    def test_has_no_inline_style_or_handler(self, page: Page) -> None:
        names = {name for element in page.root.walk() for name in element.attributes}
        assert "style" not in names
        assert not [name for name in names if name.startswith("on")]

    def test_is_of_moderate_size(self, page: Page) -> None:
        assert len(page.source.encode()) < 2**20

    def test_is_the_same_each_time(self, sample: Evaluation, page: Page) -> None:
        assert proof_page(evaluate(sample)) == page.source

    def test_names_every_address_it_leads_to(self, page: Page) -> None:
        records = page.records
        known = {leaf["path"] for leaf in records["leaves"]}
        known |= {level["path"] for level in records["levels"]}
        known |= {check["door"] for check in records["checks"]}
        known |= {f"数据:{name}" for name in records["facts"]}
        known |= {
            f"表:{name}[{row['key']}]"
            for name, table in records["tables"].items()
            for row in table["rows"]
        }
        doors = {e.attributes["data-door"] for e in page.root.walk() if "data-door" in e.attributes}
        doors |= {step["door"] for step in records["steps"] if "door" in step}
        doors |= {conflict["door"] for conflict in records["conflicts"]}
        assert doors - known == {"合计"}

    def test_has_each_id_once(self, page: Page) -> None:
        ids = [e.attributes["id"] for e in page.root.walk() if "id" in e.attributes]
        assert sorted(set(ids)) == sorted(ids)
        labels = [e.attributes.get("aria-labelledby") for e in page.root.walk()]
        assert {label for label in labels if label} <= set(ids)


class TestTheHead:
    def test_says_total_grade_and_distances(self, outcome: Outcome, page: Page) -> None:
        head = page.root.find("header", "head")[0].text
        assert outcome.card.total is not None
        assert outcome.card.standing is not None
        for said in (
            outcome.evaluation.title,
            outcome.evaluation.department,
            outcome.card.framework.reference,
            plain(outcome.card.total, 2),
            outcome.card.standing.grade.name,
            "高出“良”下限1.77分，距“优”还差8.23分",
            "得分区间 79.95～81.93",
            "等级变为“中”",
        ):
            assert said in head

    def test_says_what_is_missing_while_there_is_no_total(self, sample: Evaluation) -> None:
        outcome = evaluate(without(sample, "编制数"))
        page = Page(proof_page(outcome))
        head = page.root.find("header", "head")[0].text
        assert outcome.card.total is None
        assert "尚无总分" in head
        assert f"已得分 {plain(outcome.card.so_far, 2)}" in head
        assert "缺少编制数" in head
        leaf = next(r for r in page.records["leaves"] if r["path"].endswith("在职人员控制率"))
        assert leaf["missing"] == ["编制数"]
        assert page.records["facts"]["编制数"]["amount"] == "缺"


class TestTheScoreTable:
    def test_shows_every_leaf_with_score_and_reason(self, outcome: Outcome, page: Page) -> None:
        rows = {row.attributes["data-path"]: row for row in page.root.find("tr", "leaf")}
        assert list(rows) == [award.leaf.text for award in outcome.card.awards]
        for award in outcome.card.awards:
            row = rows[award.leaf.text]
            assert award.earned is not None
            assert row.find("td", "earned")[0].text == plain(award.earned, 2)
            assert award.because in row.find("td", "because")[0].text

    def test_merges_level_cells_as_a_printed_sheet_does(self, page: Page) -> None:
        rows = page.root.find("tr", "leaf")
        spans: dict[str, int] = {}
        for row in rows:
            for cell in row.find("th", "level"):
                spans.setdefault(cell.attributes["data-group"], 0)
                spans[cell.attributes["data-group"]] += int(cell.attributes.get("rowspan", "0"))
        for group, span in spans.items():
            below = [r for r in rows if r.attributes["data-path"].startswith(group + "/")]
            assert span == len(below)

    def test_marks_a_difference_with_a_word(self, outcome: Outcome, page: Page) -> None:
        path, ours, theirs = outcome.differing[0]
        row = next(r for r in page.root.find("tr", "leaf") if r.attributes["data-path"] == path)
        assert row.find("b", "differs")[0].text == f"≠ 比公布低{plain(theirs - ours, 2)}"
        assert len(page.root.find("b", "differs")) == len(outcome.differing)

    def test_leads_from_every_score_to_figures_with_an_origin(self, page: Page) -> None:
        records = page.records
        leaves = {leaf["path"]: leaf for leaf in records["leaves"]}

        def below(number: int) -> Iterator[dict[str, Any]]:
            step = records["steps"][number]
            yield step
            for inner in step.get("below", []):
                yield from below(inner)

        for row in page.root.find("tr", "leaf"):
            leaf = leaves[row.find("td", "earned")[0].find("a")[0].attributes["data-door"]]
            steps = list(below(leaf["proof"]))
            tables = [step["table"] for step in steps if "table" in step]
            assert leaf["facts"] or leaf["judged"] or tables
            for name in leaf["facts"]:
                fact = records["facts"][name]
                assert "step" in fact or fact["origin"][0]
                assert leaf["path"] in fact["leaves"]
            for judged in leaf["judged"]:
                assert judged["verdict"] != "缺"
                assert judged["record"]
            for table in tables:
                assert records["tables"][table]["origin"][0]


class TestWhatIsBehindAScore:
    def test_says_how_the_printed_score_was_rounded(self, page: Page) -> None:
        leaf = next(r for r in page.records["leaves"] if r["path"].endswith("/预算调整率"))
        assert leaf["rounding"] == "计算值≈1.280829分，四舍五入保留2位小数，得1.28分"

    def test_calls_the_measure_by_its_name(self, page: Page) -> None:
        assert not [step for step in page.records["steps"] if re.search(r"\bx\b", step["says"])]

    def test_keeps_both_sides_of_a_conflict(self, page: Page) -> None:
        leaf = next(
            r for r in page.records["leaves"] if r["path"].endswith("电池新材料产业产值完成额")
        )
        conflict = page.records["conflicts"][leaf["conflicts"][0]]
        assert (conflict["adopted"], conflict["other"]) == ("322亿元", "118亿元")
        assert conflict["open"] is True
        assert conflict["effect"]["total"] == "80.95"
        assert conflict["effect"]["change"] == "−0.82"

    def test_lists_the_rows_that_a_table_function_counted(self, page: Page) -> None:
        counted = [step for step in page.records["steps"] if step.get("rows")]
        assert counted
        for step in counted:
            keys = {row["key"] for row in page.records["tables"][step["table"]]["rows"]}
            assert set(step["rows"]) <= keys


class TestAValue:
    @pytest.mark.parametrize(
        ("value", "text"),
        [
            (Quantity.of(Fraction("7479.370"), unit_named("万元"), 2), "7479.37万元"),
            (Quantity.of(Fraction(200, 3), unit_named("%")), "≈66.666667%"),
            (Quantity.of(0), "0"),
            (MISSING, "缺"),
            (NOT_APPLICABLE, "—"),
            (True, "是"),
            (date(2024, 11, 8), "2024年11月8日"),
            ("已完成", "已完成"),
        ],
    )
    def test_is_printed_plainly_and_marked_when_rounded(self, value: Value, text: str) -> None:
        assert shown(value) == text

    def test_says_of_an_impossible_change_that_it_is_one(self) -> None:
        assert change_text(None, 2) == "无法计分"


class TestAChosenReading:
    def test_is_shown_as_chosen_by_the_evaluation(self, sample: Evaluation) -> None:
        """
        readings.csv
        过程/预算执行/预算调整率,measure,总额,净额,按标准的字面
        """
        path = "过程/预算执行/预算调整率"
        choice = Choice("总额", "按标准的字面", ("净额",))
        page = Page(proof_page(evaluate(replace(sample, choices={path: {"measure": choice}}))))
        leaf = next(r for r in page.records["leaves"] if r["path"] == path)
        reading = leaf["readings"][0]
        assert reading["by"] == "本次评价选定"
        assert reading["why"] == "按标准的字面"
        assert [(other["text"], other["open"]) for other in reading["others"]] == [
            ("按“净额”", True)
        ]
        row = next(r for r in page.root.find("tr", "leaf") if r.attributes["data-path"] == path)
        assert "未决 1" in row.find("td", "because")[0].text


class TestHostileText:
    def test_becomes_no_markup(self, hostile: Page) -> None:
        assert len(hostile.root.find("script")) == 2
        assert not hostile.root.find("img")
        assert "<img" not in hostile.source
        assert "<script>alert" not in hostile.source

    def test_is_still_shown_as_written(self, hostile: Page) -> None:
        assert hostile.root.find("h1")[0].text == HOSTILE
        assert hostile.records["facts"]["编制数"]["note"] == HOSTILE
