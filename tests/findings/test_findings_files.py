"""findings.csv and recommendations.csv: what is written is kept, what leads nowhere is told."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.findings.conftest import (
    ASSET_RULES,
    BUDGET_RULES,
    FRAMEWORK,
    GOAL,
    GREEN,
    PATHS,
    RATE,
    Files,
    Row,
)

from steelyard.errors import Problems
from steelyard.findings.chain import Chain
from steelyard.findings.load import load_findings, load_recommendations

TEXT = st.text(
    st.characters(exclude_categories=("C", "Z"), include_characters="\n "), min_size=1, max_size=30
).map(str.strip)


class TestAFindingsFile:
    def test_keeps_paragraphs_and_figure_references(self, files: Files, found: Row) -> None:
        description = "一是{{ 预算调整率 }}偏高，超出“规定”。\n二是\n\n三是含,逗号。"
        chain = files.chain([found(表现=description), found("W02")])
        assert files.said == []
        first, second = chain.findings
        assert first.description == description
        assert len(first.paragraphs) == 3
        assert first.where == "findings.csv 第2行"
        # The row after a cell of four lines begins where it stands in the file.
        assert second.where == "findings.csv 第6行"

    def test_keeps_every_column(self, files: Files, found: Row) -> None:
        (finding,) = files.chain([found()]).findings
        assert finding.number == "W01"
        assert finding.category == "绩效管理方面"
        assert finding.title == "绩效目标与规划衔接不够"
        assert finding.brief == "目标未覆盖中长期规划。"
        assert finding.cause == "目标编制时未与规划对照。"
        assert finding.evidence == "目标表；规划第4章"
        assert finding.leaves == (GOAL,)

    def test_may_have_only_number_category_and_title(self, files: Files) -> None:
        path = files.folder / "findings.csv"
        path.write_text("编号,类别,问题\nW01,预算管理方面,执行偏慢\n", encoding="utf-8")
        (finding,) = files.read().findings
        assert files.said == []
        assert (finding.leaves, finding.cause, finding.paragraphs) == ((), "", ())

    @pytest.mark.parametrize("text", ["", "编号,类别,问题,表现,简述,原因,指标,证据\n"])
    def test_may_hold_its_header_alone(self, files: Files, text: str) -> None:
        if text:
            (files.folder / "findings.csv").write_text(text, encoding="utf-8")
        assert files.read() == Chain()
        assert files.said == []

    @pytest.mark.parametrize(
        ("cell", "leaves"),
        [
            ("绩效目标合理性", (GOAL,)),
            ("绩效目标合理性、预算调整率", (GOAL, RATE)),
            ("预算调整率；绩效目标合理性", (RATE, GOAL)),
            (f"{GOAL}\n{RATE}", (GOAL, RATE)),
            ("、绩效目标合理性、 ，预算调整率、", (GOAL, RATE)),
            ("预算管理/制度健全性、资产管理/制度健全性", (BUDGET_RULES, ASSET_RULES)),
            ("节能、减排", (GREEN,)),
            ("绩效目标合理性、节能、减排、预算调整率", (GOAL, GREEN, RATE)),
            ("效益/节能、减排", (GREEN,)),
            ("—", ()),
            ("", ()),
        ],
    )
    def test_lists_leaves_by_path_or_its_end(
        self, files: Files, found: Row, cell: str, leaves: tuple[str, ...]
    ) -> None:
        (finding,) = files.chain([found(指标=cell)]).findings
        assert files.said == []
        assert finding.leaves == leaves

    @pytest.mark.parametrize(
        ("cells", "where", "what", "mend"),
        [
            ({"编号": ""}, "编号", "没有编号。", "请给每行一个不同的编号。"),
            ({"编号": "W01、W02"}, "编号", "无法引用", "W01"),
            ({"编号": "W 01"}, "编号", "无法引用", "W01"),
            ({"类别": ""}, "类别", "“类别”是空的。", "绩效管理方面"),
            ({"类别": "—"}, "类别", "“类别”是空的。", "绩效管理方面"),
            ({"问题": ""}, "问题", "“问题”是空的。", "概括问题"),
            ({"问题": "一\n二"}, "问题", "“问题”有多行。", "请改为一行"),
            ({"简述": "一\n二"}, "简述", "“简述”有多行。", "请改为一行"),
            ({"指标": "预算调正率"}, "指标", "没有指标“预算调正率”。",
             "是否想写“过程/预算调整率”？"),
            ({"指标": "制度健全性"}, "指标", "对应多个指标", "请写完整路径。"),
            ({"指标": "预算调整率、过程/预算调整率"}, "指标", "“过程/预算调整率”写了两次。",
             "只留一处"),
        ],
    )  # fmt: skip
    def test_with_a_mistake_tells_it_with_line_and_column(
        self, files: Files, found: Row, *, cells: dict[str, str], where: str, what: str, mend: str
    ) -> None:
        files.chain([found("W09"), found(**cells)])
        (mistake,) = files.mistakes
        assert mistake.where == f"findings.csv 第3行“{where}”"
        assert what in mistake.what
        assert mend in mistake.mend
        assert mistake.code.split(".")[0] in ("findings", "framework")

    def test_tells_all_of_them_at_once(self, files: Files, found: Row) -> None:
        files.chain([found(问题="", 指标="甲、乙"), found(), found("", 类别="")])
        assert [mistake.where for mistake in files.mistakes] == [
            "findings.csv 第2行“问题”",
            "findings.csv 第2行“指标”",
            "findings.csv 第2行“指标”",
            "findings.csv 第3行“编号”",
            "findings.csv 第4行“编号”",
            "findings.csv 第4行“类别”",
        ]
        assert files.mistakes[3].what == "编号“W01”重复，已见于findings.csv 第2行。"

    def test_with_an_unknown_column_is_told(self, files: Files) -> None:
        path = files.folder / "findings.csv"
        path.write_text("编号,类别,问题,指 标\nW01,预算,执行偏慢,\n", encoding="utf-8")
        files.read()
        assert "不认识的列“指 标”。" in files.said[0]

    @given(
        st.lists(st.tuples(TEXT, TEXT, st.lists(st.sampled_from(PATHS), unique=True)), max_size=4),
    )
    def test_gives_back_what_was_written(
        self,
        tmp_path_factory: pytest.TempPathFactory,
        drawn: list[tuple[str, str, list[str]]],
    ) -> None:
        files = Files(tmp_path_factory.mktemp("drawn"))
        chain = files.chain(
            [
                {"编号": f"W{n}", "类别": "甲", "问题": "乙", "表现": description,
                 "证据": evidence, "指标": "、".join(leaves)}
                for n, (description, evidence, leaves) in enumerate(drawn)
            ]
        )  # fmt: skip
        assert files.said == []
        dashes = ("-", "--", "—", "——", "－", "－－", "/", "／")
        kept = [(each.description, each.evidence, list(each.leaves)) for each in chain.findings]
        assert kept == [
            ("" if description in dashes else description, "" if proof in dashes else proof, paths)
            for description, proof, paths in drawn
        ]


class TestARecommendationsFile:
    def test_keeps_every_column(self, files: Files, found: Row, advised: Row) -> None:
        (advice,) = files.chain([found()], [advised(内容="一是对照。\n二是复核。")]).recommendations
        assert files.said == []
        assert (advice.number, advice.title) == ("J01", "按规划编制年度目标")
        assert advice.paragraphs == ("一是对照。", "二是复核。")
        assert (advice.findings, advice.responsible, advice.deadline) == (
            ("W01",),
            "规划科",
            "2024年底前",
        )
        assert advice.where == "recommendations.csv 第2行"

    @pytest.mark.parametrize(
        ("cells", "where", "what", "mend"),
        [
            ({"编号": "J01"}, "编号", "编号“J01”重复，已见于recommendations.csv 第2行。", "不同"),
            ({"建议": ""}, "建议", "“建议”是空的。", "概括建议"),
            ({"问题": "w02"}, "问题", "findings.csv 中没有问题“w02”。", "是否想写“W02”？"),
            ({"问题": "甲"}, "问题", "没有问题“甲”", "可填的编号：W01、W02。"),
            ({"问题": "W01,W01"}, "问题", "“W01”写了两次。", "只留一处"),
        ],
    )
    def test_with_a_mistake_tells_it_with_line_and_column(
        self, files: Files, found: Row, advised: Row, *,
        cells: dict[str, str], where: str, what: str, mend: str,
    ) -> None:  # fmt: skip
        files.chain([found(), found("W02")], [advised(), advised("J02") | cells])
        (mistake,) = files.mistakes
        assert mistake.where == f"recommendations.csv 第3行“{where}”"
        assert what in mistake.what
        assert mend in mistake.mend
        assert mistake.code.startswith("findings.")

    def test_that_names_findings_where_there_are_none_is_told(
        self, files: Files, advised: Row
    ) -> None:
        files.chain([], [advised()])
        (mistake,) = files.mistakes
        assert mistake.mend == "请先在 findings.csv 中写明问题。"

    def test_still_finds_a_finding_that_has_a_mistake(
        self, files: Files, found: Row, advised: Row
    ) -> None:
        files.chain([found(指标="甲")], [advised()])
        assert [mistake.where for mistake in files.mistakes] == ["findings.csv 第2行“指标”"]

    def test_is_not_held_against_findings_that_could_not_be_read(
        self, files: Files, advised: Row
    ) -> None:
        files.write([], [advised()])
        problems = Problems()
        path = files.folder / "recommendations.csv"
        (advice,) = load_recommendations(path, None, problems)
        assert problems.errors == []
        assert advice.findings == ("W01",)

    def test_that_is_absent_recommends_nothing(self, tmp_path: Path) -> None:
        problems = Problems()
        assert load_recommendations(tmp_path / "recommendations.csv", (), problems) == ()
        assert load_findings(tmp_path / "findings.csv", FRAMEWORK, problems) == ()
        assert problems.errors == []
