"""The report as a page: alone in one file, whole, its figures doors that open."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest
from tests.report.page.reader import Element, Reader
from tests.report.pdf.hostile import ALL, HOSTILE, hostile_document
from tests.report.pdf.paper import bare, words_of
from tests.report.sample_document import sample_document

from steelyard.evaluation.evaluation import Outcome, evaluate
from steelyard.evaluation.folder import load_evaluation
from steelyard.report.model.blocks import Document, Heading, Paragraph, Section
from steelyard.report.model.runs import Figure
from steelyard.report.page.writer import page_file
from steelyard.report.proof.drawer import addresses, drawer
from steelyard.report.proof.issues import issues_of

SAMPLE = Path(__file__).resolve().parents[3] / "examples" / "qiannan-2023"


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    return evaluate(load_evaluation(SAMPLE))


@pytest.fixture(scope="module")
def source(outcome: Outcome) -> str:
    return page_file(sample_document(), outcome)


@pytest.fixture(scope="module")
def page(source: str) -> Element:
    return Reader(source).root


@pytest.fixture(scope="module")
def hostile() -> Element:
    return Reader(page_file(hostile_document(), None)).root


def figures(*doors: str) -> Document:
    """A report of one line of figures."""
    runs = tuple(Figure(f"{n}分", f"引用{n}", door) for n, door in enumerate(doors))
    return Document(
        title="题", author="甲", date="", sections=(Section(blocks=(Paragraph(runs=runs),)),)
    )


class TestThePage:
    def test_loads_nothing_from_outside(self, source: str, page: Element) -> None:
        assert "http" not in source.replace("http-equiv", "")
        assert "url(" not in source.replace("url(#", "")
        assert "@import" not in source
        for element in page.walk():
            assert "src" not in element.attributes
            assert element.attributes.get("href", "#").startswith("#")
            assert element.tag not in {"link", "img", "iframe", "object", "embed", "base"}

    def test_admits_its_own_style_and_script_alone(self, page: Element) -> None:
        (policy,) = page.all("meta", http_equiv="Content-Security-Policy")
        said = policy.attributes["content"]
        assert said.startswith("default-src 'none'")
        assert "unsafe" not in said
        for text in (page.all("style")[0].text, page.all("script")[-1].text):
            digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
            assert f"'sha256-{digest}'" in said

    def test_has_no_inline_style_or_handler(self, page: Element) -> None:
        names = {name for element in page.walk() for name in element.attributes}
        assert "style" not in names
        assert not [name for name in names if name.startswith("on")]

    def test_has_each_id_once_and_every_link_a_target(self, page: Element) -> None:
        ids = [e.attributes["id"] for e in page.walk() if "id" in e.attributes]
        assert sorted(set(ids)) == sorted(ids)
        for link in page.all("a"):
            if "data-door" not in link.attributes:
                assert unquote(link.attributes["href"][1:]) in ids
        for element in page.walk():
            for name in ("aria-labelledby", "aria-describedby"):
                assert set(element.attributes.get(name, "").split()) <= set(ids)

    def test_holds_every_word_of_every_block(self, page: Element) -> None:
        text = bare(page.all("main")[0].text)
        assert [words for words in words_of(sample_document()) if words not in text] == []

    def test_is_the_same_each_time(self, source: str, outcome: Outcome) -> None:
        assert page_file(sample_document(), outcome) == source


class TestContents:
    def test_at_the_side_lead_to_every_heading(self, page: Element) -> None:
        links = page.all("nav")[0].all("a")
        wanted = [b.text for b in sample_document().blocks() if isinstance(b, Heading)]
        assert [link.text for link in links] == wanted
        heads = {e.attributes["id"]: e.text for e in page.walk() if "heading" in e.classes}
        assert [heads[unquote(each.attributes["href"][1:])] for each in links] == wanted

    def test_are_open_before_a_script_runs(self, page: Element) -> None:
        assert "open" in page.all("details", id="contents")[0].attributes


class TestATable:
    def test_is_a_real_table(self, page: Element) -> None:
        table = page.all("table")[0]
        assert bare(table.all("caption")[0].text) == "表1项目预算单位：万元"
        name, budget, *years = table.all("thead")[0].all("th")
        assert (name.attributes["rowspan"], name.attributes["scope"]) == ("2", "col")
        assert (budget.attributes["colspan"], budget.attributes["scope"]) == ("2", "colgroup")
        assert [year.attributes["scope"] for year in years] == ["col", "col"]
        first = table.all("tbody")[0].all("td")[0]
        assert (first.attributes["rowspan"], first.text) == ("3", "第1组")

    def test_of_a_form_has_heads_of_rows(self, page: Element) -> None:
        (head,) = page.all("table", "form")[0].all("th")
        assert (head.text, head.attributes["scope"]) == ("甲", "row")


class TestACopyToFillIn:
    def test_marks_gaps_and_lists_them_first(self, page: Element) -> None:
        draft = page.all("aside", "draft")[0]
        assert "草稿：还有1处待补" in draft.text
        assert "编制数" in draft.text
        assert "基本情况/部门概况" in draft.text
        assert "请在 facts.csv 填写。" in draft.text
        (mark,) = page.all("mark", "gap")
        assert mark.text == "【待补：编制数】"
        assert unquote(draft.all("a")[0].attributes["href"]) == f"#{mark.attributes['id']}"
        assert "草稿" in page.all("title")[0].text

    def test_that_is_whole_says_nothing(self) -> None:
        whole = Reader(page_file(replace(sample_document(), gaps=()), None)).root
        assert whole.all("aside", "draft") == []
        assert "草稿" not in whole.all("title")[0].text


class TestAFigure:
    def test_is_a_door_when_its_proof_is_here(self, page: Element) -> None:
        door = page.all("a", "door")[0]
        assert door.text == "7479.37万元"
        assert door.attributes["data-door"] == "数据:全年预算数"
        assert unquote(door.attributes["href"]) == "#数据:全年预算数"
        assert door.attributes["title"] == "全年预算数"

    def test_whose_proof_is_not_here_is_text_with_its_reference(self, outcome: Outcome) -> None:
        root = Reader(page_file(figures("", "没有:此处"), outcome)).root
        assert root.all("a", "door") == []
        spans = root.all("span", "figure")
        assert [(s.text, s.attributes["title"]) for s in spans] == [
            ("0分", "引用0"),
            ("1分", "引用1"),
        ]

    def test_opens_each_kind_of_address(self, outcome: Outcome) -> None:
        kinds = ("合计", "过程", "过程/预算执行/预算调整率", "核对:1", "数据:编制数")
        root = Reader(page_file(figures(*kinds), outcome)).root
        assert [door.attributes["data-door"] for door in root.all("a", "door")] == list(kinds)

    def test_in_a_chart_is_a_door_too(self, page: Element) -> None:
        svg = page.all("svg")[0]
        assert {a.attributes["data-door"] for a in svg.all("a")} == {"数据:全年预算数"}

    def test_is_text_without_an_outcome(self) -> None:
        root = Reader(page_file(sample_document(), None)).root
        assert root.all("", "", id="drawer") == []
        assert root.all("script", id="records") == []
        assert not [e for e in root.walk() if "data-door" in e.attributes]


class TestAMaskedCopy:
    def test_holds_no_proof(self, outcome: Outcome) -> None:
        masked = replace(sample_document(), masked=True)
        assert page_file(masked, outcome) == page_file(masked, None)


class TestTheRecords:
    def test_have_a_sentence_for_every_check(self, page: Element) -> None:
        records = json.loads(page.all("script", id="records")[0].text)
        assert records["checks"]
        assert all(check["sentence"] for check in records["checks"])

    def test_open_at_every_address_named_within(self, outcome: Outcome) -> None:
        records = drawer(outcome, issues_of(outcome))
        known = addresses(outcome, records)
        steps = records["steps"]
        assert isinstance(steps, list)
        assert {step["door"] for step in steps if "door" in step} <= known


class TestHostileWords:
    def test_become_no_markup(self, hostile: Element) -> None:
        assert len(hostile.all("script")) == 1
        assert "alert(1)" not in hostile.all("script")[0].text

    def test_are_shown_as_written(self, hostile: Element) -> None:
        heads = [e.text for e in hostile.walk() if "heading" in e.classes]
        assert heads == list(HOSTILE)
        assert hostile.all("span", "figure")[0].attributes["title"] == ALL
        assert hostile.all("svg")[0].all("desc")[0].text == ALL
