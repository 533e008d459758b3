"""The publication copy: persons, phones and addresses taken out, figures untouched."""

from __future__ import annotations

import pytest
from tests.report.whole.sample_report import sample

from steelyard.report.compose.mask import mask, persons
from steelyard.report.model.blocks import Document, Paragraph, Section, runs_of
from steelyard.report.model.runs import Figure, Run, Runs, Text


def masked(*runs: Run, words: dict[str, str] | None = None) -> tuple[Runs, dict[str, int]]:
    document = Document(
        title="t",
        author="a",
        date="",
        sections=(Section(blocks=(Paragraph(runs=runs, passage="甲/乙"),)),),
    )
    copy = mask(document, sample()[0].evaluation, words or {})
    (block,) = copy.document.blocks()
    return tuple(runs_of(block)), {k: n for k, n in copy.counts.items() if n}


class TestAPublicationCopy:
    @pytest.mark.parametrize(
        ("text", "shown", "kind"),
        [
            ("电话13912345678。", "电话1**********。", "手机号"),
            ("电话139 1234 5678。", "电话1**********。", "手机号"),
            ("电话0854-8222222。", "电话**********。", "固定电话"),
            ("身份证522701199001011234。", "身份证******************。", "身份证号"),
            ("邮箱a.b@example.com。", "邮箱**********。", "电子邮箱"),
            ("来自117.187.2.33（贵州-黔南）", "来自*.*.*.*", "IP地址"),
        ],
    )
    def test_takes_out(self, text: str, shown: str, kind: str) -> None:
        (run,), counts = masked(Text(text))
        assert run.text == shown
        assert counts == {kind: 1}

    @pytest.mark.parametrize(
        "text",
        [
            "支出13912345678.50元",
            "共7479.37万元",
            "依据〔2020〕51号",
            "第3.1.2节",
            "2023年12月31日",
        ],
    )
    def test_leaves_numbers_alone(self, text: str) -> None:
        (run,), counts = masked(Text(text))
        assert run.text == text
        assert counts == {}

    def test_never_touches_a_figure(self) -> None:
        figure = Figure("13912345678", "基本支出", numeric=True)
        assert masked(figure) == ((figure,), {})

    def test_takes_out_names_of_the_team_and_of_words_for_persons(self) -> None:
        (run,), counts = masked(Text("由张三丰和成员一核实。"), words={"联系人": "张三丰"})
        assert run.text == "由某某某和某某某核实。"
        assert counts == {"姓名": 2}

    def test_knows_persons_from_columns_and_words(self) -> None:
        found = persons(sample()[0].evaluation, {"联系人": "李四、王五", "简称": "州局"})
        assert {"李四", "王五", "成员一"} <= set(found)
        assert "州局" not in found

    def test_holds_nothing_that_leads_back(self) -> None:
        outcome, report = sample()
        copy = mask(report.document, outcome.evaluation, {}).document
        assert copy.masked
        assert copy.passages == {}
        assert all(not getattr(block, "passage", "") for block in copy.blocks())
        assert "成员一" not in "".join(run.text for b in copy.blocks() for run in runs_of(b))
