"""Each command as a user meets it: what it prints, where, and how it ends."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from steelyard.cli.main import cli

EXAMPLE = Path(__file__).parents[2] / "examples" / "qiannan-2023"
Run = Callable[..., Result]


@pytest.fixture
def run() -> Run:
    def go(*arguments: str | Path) -> Result:
        result = CliRunner().invoke(cli, [str(argument) for argument in arguments])
        assert result.exception is None or isinstance(result.exception, SystemExit)
        return result

    return go


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of the sample that a test may spoil."""
    return Path(shutil.copytree(EXAMPLE, tmp_path / "sample"))


def spoil(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


class TestEvaluate:
    def test_prints_total_grade_and_distance_together(self, run: Run) -> None:
        result = run("evaluate", EXAMPLE)
        line = next(row for row in result.stdout.splitlines() if row.startswith("总分"))
        assert line == (
            "总分 81.77　等级 良　高出“良”下限 1.77分　距“优”还差 8.23分　"
            "得分区间 79.95～81.93（等级可能为良、中）"
        )

    def test_ends_with_one_because_the_sample_holds_errors(self, run: Run) -> None:
        assert run("evaluate", EXAMPLE).exit_code == 1

    def test_gives_json_with_numbers_as_strings(self, run: Run) -> None:
        record: dict[str, Any] = json.loads(run("evaluate", EXAMPLE, "--json").stdout)
        assert (record["total"], record["grade"]) == ("81.77", "良")
        assert (record["to_lower_grade"], record["to_higher_grade"]) == ("1.77", "8.23")
        levels = {level["path"]: level for level in record["levels"]}
        assert levels["过程"] == {
            "path": "过程",
            "points": "27.00",
            "earned": "19.08",
            "rate": "70.67%",
        }
        assert len(record["indicators"]) == 38
        adjusted = next(i for i in record["indicators"] if i["path"].endswith("/预算调整率"))
        assert adjusted["earned"] == "1.28"
        assert adjusted["lost"] == "0.72"
        assert adjusted["published"] == "1.28"
        assert {used["name"] for used in adjusted["used"]} == {
            "全年预算数",
            "年初预算数",
            "上级专项新增数",
        }
        reach = record["envelope"]
        assert (reach["low"], reach["high"], reach["grades"]) == ("79.95", "81.93", ["良", "中"])
        assert reach["flips"][0]["total"] == "79.95"
        assert len(reach["flips"][0]["alternatives"]) == 2

    def test_names_the_one_score_that_differs_from_the_published(self, run: Run) -> None:
        out = run("evaluate", EXAMPLE).stdout
        assert "37项相同，1项不同" in out
        assert "工业总产值完成额：公布1.18，复算1.17" in out

    def test_writes_the_workbook_and_the_proof_page(self, run: Run, tmp_path: Path) -> None:
        run("evaluate", EXAMPLE, "--out", tmp_path / "out")
        written = sorted(path.name for path in (tmp_path / "out").iterdir())
        assert written == ["proof.html", "scores.xlsx"]

    def test_overwrites_nothing_unless_told_to(self, run: Run, tmp_path: Path) -> None:
        mine = tmp_path / "scores.xlsx"
        mine.write_text("my notes", encoding="utf-8")
        refused = run("evaluate", EXAMPLE, "--out", tmp_path)
        assert refused.exit_code == 2
        assert "--force" in refused.stderr
        assert mine.read_text(encoding="utf-8") == "my notes"
        assert run("evaluate", EXAMPLE, "--out", tmp_path, "--force").exit_code == 1
        assert mine.read_bytes().startswith(b"PK")

    def test_says_what_is_missing_instead_of_a_total(self, run: Run, folder: Path) -> None:
        spoil(folder / "facts.csv", "编制数,68", "编制数,")
        result = run("evaluate", folder)
        assert result.exit_code == 1
        assert "未评完：1项指标还不能评分（在职人员控制率）" in result.stdout
        assert "未评分：缺少编制数" in result.stdout

    def test_complains_about_everything_at_once_on_stderr(self, run: Run, folder: Path) -> None:
        spoil(folder / "facts.csv", "编制数,68,人", "编制数,六十八,人")
        spoil(folder / "facts.csv", "全年预算数,7479.37,万元", "全年预算数,7479.37,人")
        spoil(folder / "judgements.csv", ",符合,", ",大概符合,")
        result = run("evaluate", folder)
        assert result.exit_code == 2
        assert result.stdout == ""
        assert "共3处需要改正" in result.stderr
        assert "“六十八”不是数" in result.stderr
        assert "单位是“人”，数据字典要求“万元”" in result.stderr
        assert "结论“大概符合”不明" in result.stderr

    @pytest.mark.parametrize("path", ["nowhere", "pyproject.toml"])
    def test_refuses_what_is_no_evaluation_folder(self, run: Run, path: str) -> None:
        result = run("evaluate", Path(__file__).parents[2] / path)
        assert result.exit_code == 2
        assert "evaluation.toml" in result.stderr


class TestExplain:
    def test_shows_the_way_from_the_score_to_the_source(self, run: Run) -> None:
        result = run("explain", EXAMPLE, "预算调整率")
        assert result.exit_code == 0
        assert "得 1.28 分（分值 2.00）" in result.stdout
        assert "（7479.37-4501.85-1358.72）÷4501.85" in result.stdout
        assert "表8合计" in result.stdout
        assert "不舍入" in result.stdout

    def test_offers_a_near_name(self, run: Run) -> None:
        result = run("explain", EXAMPLE, "管理制度健全")
        assert result.exit_code == 2
        assert "是否想写“过程/管理制度/管理制度健全性”？" in result.stderr

    def test_gives_the_derivation_as_json(self, run: Run) -> None:
        record = json.loads(run("explain", EXAMPLE, "在职人员控制率", "--json").stdout)
        assert record["derivation"]["value"] == "4"
        assert record["derivation"]["inputs"]


class TestEnvelope:
    def test_names_each_item_and_what_flips_the_grade(self, run: Run) -> None:
        out = run("envelope", EXAMPLE).stdout
        assert "-0.82 → 80.95 良" in out
        assert "-1.00 → 80.77 良" in out
        assert "改变等级至少要同时改取2项" in out
        assert "→ 79.95 中" in out


class TestVerify:
    def test_tells_residue_from_error(self, run: Run) -> None:
        result = run("verify", EXAMPLE)
        assert result.exit_code == 1
        assert "≈ 尾差" in result.stdout
        assert "✗ 不符［错误］" in result.stdout
        assert "✓" not in result.stdout

    def test_lists_what_holds_when_asked(self, run: Run) -> None:
        assert "✓ 相符" in run("verify", EXAMPLE, "--all").stdout


class TestFramework:
    def test_lists_what_is_shipped(self, run: Run) -> None:
        assert "qiannan-2023@1" in run("framework", "list").stdout

    def test_shows_points_rules_and_readings(self, run: Run) -> None:
        out = run("framework", "show", "qiannan-2023").stdout
        assert "预算执行（15.00分）" in out
        assert "扣减分数=预算调整率×2分" in out

    def test_finds_the_flaws_of_the_published_rubric_all_settled(self, run: Run) -> None:
        result = run("framework", "lint", "qiannan-2023")
        assert result.exit_code == 0
        assert "5个要点合计3分，与分值1分不符" in result.stdout
        assert "标准写明最多得2分，分值只有1分" in result.stdout
        assert "0处待定" in result.stdout

    def test_finds_no_difference_between_a_framework_and_itself(self, run: Run) -> None:
        assert "两版没有差别" in run("framework", "diff", "qiannan-2023", "qiannan-2023").stdout

    def test_shows_what_a_new_version_changes(self, run: Run, tmp_path: Path) -> None:
        shipped = Path("src/steelyard/framework/catalogue/qiannan-2023")
        other = Path(shutil.copytree(Path(__file__).parents[2] / shipped, tmp_path / "next"))
        spoil(other / "framework.toml", 'each = "5%"', 'each = "10%"')
        out = run("framework", "diff", "qiannan-2023", other).stdout
        assert "每超过5%扣0.5分" in out
        assert "每超过10%扣0.5分" in out
        assert "共1处差别" in out

    def test_offers_what_there_is_for_an_unknown_one(self, run: Run) -> None:
        result = run("framework", "show", "qiannan")
        assert result.exit_code == 2
        assert "qiannan-2023" in result.stderr


class TestInit:
    def test_lists_every_item_table_and_point_to_fill_in(self, run: Run, tmp_path: Path) -> None:
        target = tmp_path / "new"
        result = run("init", target, "--framework", "qiannan-2023", "--department", "某局")
        assert result.exit_code == 0
        assert "全年预算数,,万元" in (target / "facts.csv").read_text(encoding="utf-8-sig")
        assert (target / "tables" / "项目.csv").exists()
        assert run("evaluate", target).exit_code == 1

    def test_touches_no_folder_that_holds_something(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
        result = run("init", tmp_path, "--framework", "qiannan-2023")
        assert result.exit_code == 2
        assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


class TestHelp:
    @pytest.mark.parametrize(
        "command",
        [
            (),
            ("evaluate",),
            ("explain",),
            ("envelope",),
            ("verify",),
            ("init",),
            ("framework",),
            ("framework", "list"),
            ("framework", "show"),
            ("framework", "lint"),
            ("framework", "diff"),
        ],
    )
    def test_is_there_for_every_command(self, run: Run, command: tuple[str, ...]) -> None:
        result = run(*command, "--help")
        assert result.exit_code == 0
        assert "用法：" in result.stdout
        assert "选项" in result.stdout


class TestAWrongCall:
    def test_is_answered_in_chinese(self) -> None:
        for arguments, said in (
            (["evaluate"], "缺少FOLDER"),
            (["weigh"], "没有命令“weigh”"),
            (["verify", ".", "--nonsense"], "没有选项“--nonsense”"),
        ):
            command = [str(Path(sys.executable).with_name("steelyard")), *arguments]
            finished = subprocess.run(command, capture_output=True, text=True, check=False)
            assert finished.returncode == 2
            assert said in finished.stderr
            assert "--help" in finished.stderr


class TestComplaintsAsJson:
    def test_are_records_with_code_place_and_mend(self, run: Run) -> None:
        result = run("verify", "nowhere", "--json")
        assert result.exit_code == 2
        assert result.stdout == ""
        (error,) = json.loads(result.stderr)["errors"]
        assert error["code"] == "files.missing"
        assert error["mend"]
