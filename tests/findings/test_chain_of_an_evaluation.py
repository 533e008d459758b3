"""The chain in the evaluation folder and on the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.evaluation.conftest import SAMPLE, Copy, prints

from steelyard.cli.main import cli
from steelyard.errors import Gathered, SteelyardError
from steelyard.evaluation.begin import begin
from steelyard.evaluation.evaluation import evaluate
from steelyard.evaluation.folder import load_book, load_evaluation
from steelyard.findings.chain import Chain
from steelyard.framework.load import find_framework

HEADS = {
    "findings.csv": "编号,类别,问题,表现,简述,原因,指标,证据\n",
    "recommendations.csv": "编号,建议,内容,简述,问题,责任单位,期限\n",
}
FINDINGS = (
    "W01,绩效管理方面,目标与规划衔接不够,园区任务未列入目标。,,编制时未对照规划。,"
    "绩效目标合理性,目标表\n"
    'W02,资产管理方面,账账不符,"账面相差{{ 固定资产差额 }}。\n待核实。",,对账不及时。,'
    "资产管理安全性,余额表\n"
    "W03,绩效管理方面,公开内容可更详细,说明较简。,,,,\n"
)
RECOMMENDATIONS = "J01,逐项对照规划,编制目标时逐项对照。,,W01、W03,规划科,2024年底前\n"
Run = Callable[..., Result]


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """The sample as it would be without findings."""
    copy = Copy(tmp_path / "bare")
    for name in HEADS:
        copy.path(name).unlink()
    return copy.folder


@pytest.fixture
def folder(tmp_path: Path) -> Copy:
    copy = Copy(tmp_path / "evaluation")
    copy.path("findings.csv").write_text(HEADS["findings.csv"] + FINDINGS, encoding="utf-8")
    path = copy.path("recommendations.csv")
    path.write_text(HEADS["recommendations.csv"] + RECOMMENDATIONS, encoding="utf-8")
    return copy


@pytest.fixture
def run() -> Run:
    def go(*arguments: str | Path) -> Result:
        result = CliRunner().invoke(cli, [str(argument) for argument in arguments])
        assert result.exception is None or isinstance(result.exception, SystemExit)
        return result

    return go


def mistakes(folder: Path) -> list[SteelyardError]:
    with pytest.raises(Gathered) as caught:
        load_evaluation(folder)
    return list(caught.value.errors)


class TestAnEvaluation:
    def test_without_findings_has_an_empty_chain(self, bare: Path) -> None:
        evaluation = load_evaluation(bare)
        assert evaluation.chain == Chain()
        assert {gap.kind for gap in evaluate(evaluation).chain_gaps} == {
            "deduction-without-finding"
        }

    def test_carries_its_chain_and_the_gaps_of_it(self, folder: Copy) -> None:
        before = prints(folder.folder)
        outcome = evaluate(load_evaluation(folder.folder))
        assert prints(folder.folder) == before
        chain = outcome.evaluation.chain
        assert chain.categories == ("绩效管理方面", "资产管理方面")
        safety = outcome.card.award("资产管理安全性")
        assert [each.number for each in chain.findings_on(safety.leaf.text)] == ["W02"]
        missing = [g for g in outcome.chain_gaps if g.kind == "deduction-without-finding"]
        lost = [award.leaf.text for award in outcome.card.awards if award.lost]
        explained = {path for finding in chain.findings for path in finding.leaves}
        assert [gap.subject for gap in missing] == [p for p in lost if p not in explained]

    def test_scores_the_same_whatever_the_chain_lacks(self, folder: Copy) -> None:
        bare, chained = (evaluate(load_evaluation(f)) for f in (SAMPLE, folder.folder))
        assert chained.card == bare.card
        assert chained.has_errors == bare.has_errors

    def test_tells_mistakes_of_both_files_with_all_others(self, folder: Copy) -> None:
        folder.change("facts.csv", "4501.85", "四千五百")
        folder.change("findings.csv", "资产管理安全性", "资产管理安全")
        folder.change("recommendations.csv", "W01、W03", "W01、W33")
        told = [(each.where, each.mend) for each in mistakes(folder.folder)]
        assert [where for where, _ in told] == [
            "facts.csv 第2行“数值”",
            "findings.csv 第3行“指标”",
            "recommendations.csv 第2行“问题”",
        ]
        assert told[1][1] == "是否想写“过程/资产管理/资产管理安全性”？"
        assert told[2][1] == "是否想写“W03”？"

    def test_says_nothing_about_links_to_findings_that_could_not_be_read(
        self, folder: Copy
    ) -> None:
        folder.change("findings.csv", "编号,类别", "编码,类别")
        assert all("findings.csv 第1行" in each.where for each in mistakes(folder.folder))

    def test_takes_no_misspelt_file_for_findings(self, folder: Copy) -> None:
        folder.path("findings.csv").rename(folder.path("finding.csv"))
        folder.path("recommendations.csv").unlink()
        (mistake,) = mistakes(folder.folder)
        assert mistake.mend == "是否应名为“findings.csv”？"


class TestANewFolder:
    def test_has_both_files_with_their_headers(self, tmp_path: Path) -> None:
        book = load_book(find_framework("qiannan-2023"))
        new = tmp_path / "new"
        begin(new, book, reference="qiannan-2023@1", department="某局", year=2024)
        for name, head in HEADS.items():
            assert (new / name).read_text(encoding="utf-8-sig") == head
            assert name in (new / "填写说明.md").read_text(encoding="utf-8")
        assert load_evaluation(new).chain == Chain()


class TestTheEvaluateCommand:
    def test_counts_the_chain_in_one_line(self, run: Run, folder: Copy) -> None:
        out = run("evaluate", folder.folder).stdout
        assert out.splitlines()[-1] == (
            "问题链：3个问题、1条建议；缺口21处，提示1处（见 steelyard findings）"
        )

    def test_is_silent_about_it_where_there_are_no_findings(self, run: Run, bare: Path) -> None:
        assert "问题链" not in run("evaluate", bare).stdout

    def test_gives_counts_and_gaps_as_json(self, run: Run, folder: Copy) -> None:
        chain = json.loads(run("evaluate", folder.folder, "--json").stdout)["findings"]
        assert (chain["findings"], chain["recommendations"]) == (3, 1)
        assert {
            "kind": "finding-without-evidence",
            "severity": "error",
            "what": "问题W03“公开内容可更详细”没有证据。",
            "mend": "请在“证据”栏写明材料及其位置。",
        } in chain["gaps"]


class TestTheFindingsCommand:
    def test_prints_the_chain_by_category_then_the_gaps(self, run: Run, folder: Copy) -> None:
        result = run("findings", folder.folder)
        assert result.exit_code == 1
        lines = result.stdout.splitlines()
        start = lines.index("【绩效管理方面】")
        assert lines[start : start + 17] == [
            "【绩效管理方面】",
            "W01　目标与规划衔接不够",
            "  扣分：投入/目标设定/绩效目标合理性　1.00分",
            "  原因：编制时未对照规划。",
            "  证据：目标表",
            "  建议：J01　逐项对照规划（规划科，2024年底前）",
            "W03　公开内容可更详细",
            "  扣分：未影响得分",
            "  原因：—",
            "  证据：—",
            "  建议：J01　逐项对照规划（规划科，2024年底前）",
            "",
            "【资产管理方面】",
            "W02　账账不符",
            "  扣分：过程/资产管理/资产管理安全性　0.20分",
            "  原因：对账不及时。",
            "  证据：余额表",
        ]
        assert "［预警］问题W02“账账不符”没有对应的建议。（findings.csv 第3行）" in lines
        assert "［错误］问题W03“公开内容可更详细”没有证据。（findings.csv 第5行）" in lines

    def test_gives_the_chain_as_json(self, run: Run, folder: Copy) -> None:
        record = json.loads(run("findings", folder.folder, "--json").stdout)
        assert [each["name"] for each in record["categories"]] == ["绩效管理方面", "资产管理方面"]
        (safety,) = record["categories"][1]["findings"]
        assert safety["deductions"] == [{"path": "过程/资产管理/资产管理安全性", "lost": "0.20"}]
        assert safety["description"] == "账面相差{{ 固定资产差额 }}。\n待核实。"
        assert safety["recommendations"] == []
        (advice,) = record["recommendations"]
        assert advice["findings"] == ["W01", "W03"]
        assert {gap["where"] for gap in record["gaps"] if gap["subject"] == "W03"} == {
            "findings.csv 第5行"
        }

    def test_says_that_a_leaf_is_not_scored_yet(self, run: Run, folder: Copy) -> None:
        folder.change("findings.csv", "绩效目标合理性,目标表", "在职人员控制率,编制表")
        folder.change("facts.csv", "编制数,68", "编制数,")
        assert "在职人员控制率　未评分" in run("findings", folder.folder).stdout

    def test_ends_well_when_only_hints_are_left(self, run: Run, folder: Copy) -> None:
        """One finding on every leaf that lost points, one on none, one recommendation."""
        outcome = evaluate(load_evaluation(SAMPLE))
        lost = "、".join(award.leaf.text for award in outcome.card.awards if award.lost)
        findings = f"W01,综合方面,各项不足,详见评分表。,,基础工作薄弱。,{lost},评分表\n"
        findings += "W02,综合方面,资料装订次序不一,卷宗次序不一。,,未统一。,,卷宗\n"
        path = folder.path("findings.csv")
        path.write_text(HEADS["findings.csv"] + findings, encoding="utf-8")
        folder.change("recommendations.csv", "W01、W03", "W01、W02")
        result = run("findings", folder.folder)
        assert result.exit_code == 0
        assert "缺口0处，提示1处。" in result.stdout

    def test_closes_in_the_sample(self, run: Run) -> None:
        result = run("findings", SAMPLE)
        assert result.exit_code == 0
        assert "缺口0处" in result.stdout

    def test_shows_a_folder_without_findings_what_is_lacking(self, run: Run, bare: Path) -> None:
        result = run("findings", bare)
        assert result.exit_code == 1
        assert "问题链：0个问题、0条建议；缺口20处。" in result.stdout

    def test_refuses_what_it_cannot_read(self, run: Run, folder: Copy) -> None:
        folder.change("recommendations.csv", "W01、W03", "W99")
        result = run("findings", folder.folder, "--json")
        assert result.exit_code == 2
        (error,) = json.loads(result.stderr)["errors"]
        assert error["code"] == "findings.unknown-finding"

    def test_has_help(self, run: Run) -> None:
        result = run("findings", "--help")
        assert result.exit_code == 0
        assert "用法：" in result.stdout
