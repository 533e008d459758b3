from __future__ import annotations

import base64
import hashlib
import re

import pytest
from tests.doctor.made_documents import document
from tests.doctor.papers.made_examination import begun, ended, examined

from steelyard.doctor.finding import Severity, whole
from steelyard.doctor.papers.checked_page import checked_page


@pytest.fixture(scope="module")
def page() -> str:
    return checked_page(examined())


class TestThePage:
    def test_stands_alone(self, page: str) -> None:
        assert "default-src 'none'" in page
        assert not re.search(r"https?://|\ssrc=|url\(|\sstyle=|\son\w+=", page)

    def test_admits_its_own_style_and_script_only(self, page: str) -> None:
        for name, rule in (("style", "style-src"), ("script", "script-src")):
            found = re.search(rf"<{name}>(.*?)</{name}>", page, re.DOTALL)
            assert found is not None
            digest = base64.b64encode(hashlib.sha256(found[1].encode()).digest()).decode()
            assert f"{rule} 'sha256-{digest}'" in page

    def test_marks_each_number_by_its_state(self, page: str) -> None:
        assert '<u class=c title="一致：R11">100万元</u>' in page
        assert '<u class=v title="已核实：R10">80</u>' in page
        assert '<u class=x title="矛盾：R01">85%</u>' in page
        assert "<u class=n>60</u>" in page

    def test_leaves_dates_alone_that_no_check_looked_at(self, page: str) -> None:
        assert re.search(r"<p[^>]*>2023年全年预算", page)

    def test_puts_a_note_at_every_place(self, page: str) -> None:
        for anchor in ("f2-0", "f2-1", "f3-1"):
            assert f'id="{anchor}"' in page
        for anchor in ("p2-0", "p2-1", "p3-1"):
            assert f"id={anchor} " in page

    def test_links_every_note_to_the_other_place(self, page: str) -> None:
        assert '<a href="#p2-1">另一处：报告.docx　表1 资金情况表　第4行第3列</a>' in page

    def test_keeps_tables_as_tables(self, page: str) -> None:
        assert "<tr><th>项目<th>预算<th>执行<tr>" in page

    def test_opens_with_coverage_and_effect(self, page: str) -> None:
        assert "共13个数，核实1个（7.7%）" in page
        assert "预算执行率：报告4.50分，复算4.00分" in page

    def test_has_a_part_for_each_file(self, page: str) -> None:
        assert re.findall(r'<h2 class="name">(.*?)</h2>', page) == ["报告.docx", "自评表.docx"]


class TestWords:
    def test_stay_words_whatever_they_hold(self) -> None:
        evil = document("<script>alert()</script>占90%。", name="<b>.docx")
        view, pen = begun([evil])
        place = whole(view.passages[0])
        pen.find("R21", Severity.HINT, "<img src=x>", [place], computed='"><i>')
        page = checked_page(ended(view, pen))
        assert "<script>alert" not in page
        assert "<img" not in page
        assert "<b>.docx" not in page
        assert "&lt;script&gt;alert()&lt;/script&gt;" in page

    def test_under_two_findings_are_written_once(self) -> None:
        view, pen = begun([document("完成率为90%。")])
        passage = view.passages[0]
        for rule in ("R01", "R11"):
            pen.find(rule, Severity.ERROR, "不符。", [whole(passage)])
        page = checked_page(ended(view, pen))
        assert page.count("完成率为") == page.count("<q>") + 1
        assert 'data-f="1 2"' in page

    def test_with_many_places_have_few_notes(self) -> None:
        view, pen = begun([document(*[f"第{n}段占{n}%。" for n in range(1, 30)])])
        pen.find("R26", Severity.QUESTION, "没有来源。", map(whole, view.passages))
        page = checked_page(ended(view, pen))
        assert page.count("<aside") == 3
        assert page.count('class="b q"') == 29
