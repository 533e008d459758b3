"""The command request: what it writes, what it says, how it ends."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from steelyard.cli.main import cli
from steelyard.cli.request import file_names, indicator_names, request, uses_of
from steelyard.evaluation.folder import load_evaluation
from steelyard.facts.ledger import Target
from steelyard.intake.reading.read_file import read_file
from steelyard.intake.request.read_own import read_own
from steelyard.measure.nothing import MISSING
from steelyard.measure.quantity import Value

EXAMPLE = Path(__file__).parents[2] / "examples" / "qiannan-2023"


def run(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(request, [*map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is asked for the example."""
    out = tmp_path_factory.mktemp("asked")
    assert run(EXAMPLE, "--out", out, "--due", "2024-10-15").exit_code == 0
    return out


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An evaluation folder in which nothing is filled in yet."""
    folder = tmp_path_factory.mktemp("begun") / "甲局"
    arguments = ["--framework", "common-2013", "--department", "甲局", "--year", "2024"]
    assert CliRunner().invoke(cli, ["init", str(folder), *arguments]).exit_code == 0
    return folder


class TestRequest:
    def test_writes_a_workbook_for_each_supplier_and_the_list(self, example: Path) -> None:
        names = {path.name for path in example.iterdir()}
        assert {"资料清单.docx", "资料采集表-财务.xlsx", "资料采集表-业务.xlsx"} <= names

    def test_says_what_is_there_and_what_is_missing(self, begun: Path, tmp_path: Path) -> None:
        said = run(begun, "--out", tmp_path).stdout
        assert "资料采集表-资产.xlsx：2项数据；已有0处，待填2处" in said
        assert "steelyard take" in said

    def test_gives_records(self, begun: Path, tmp_path: Path) -> None:
        result = run(begun, "--out", tmp_path, "--due", "2025年3月31日", "--json")
        record = json.loads(result.stdout)
        assert record["due"] == "2025-03-31"
        finance = next(each for each in record["workbooks"] if each["supplier"] == "财务")
        assert finance["asked"] == finance["figures"] + 2 * finance["goals"] + finance["tables"]
        assert Path(finance["file"]).is_file()

    def test_does_not_overwrite(self, begun: Path, tmp_path: Path) -> None:
        assert run(begun, "--out", tmp_path).exit_code == 0
        again = run(begun, "--out", tmp_path)
        assert again.exit_code == 2
        assert "--force" in again.stderr
        assert run(begun, "--out", tmp_path, "--force").exit_code == 0

    def test_writes_nothing_when_one_file_is_in_the_way(self, begun: Path, tmp_path: Path) -> None:
        (tmp_path / "资料清单.docx").write_text("旧", encoding="utf-8")
        assert run(begun, "--out", tmp_path).exit_code == 2
        assert [path.name for path in tmp_path.iterdir()] == ["资料清单.docx"]

    def test_refuses_what_is_no_day(self, begun: Path, tmp_path: Path) -> None:
        result = run(begun, "--out", tmp_path / "去处", "--due", "下月底")
        assert result.exit_code == 2
        assert "不是日期" in result.stderr
        assert not (tmp_path / "去处").exists()

    @pytest.mark.parametrize("part", ["tables", "report"])
    def test_does_not_write_where_the_folder_is_read(
        self, begun: Path, part: str, tmp_path: Path
    ) -> None:
        folder = shutil.copytree(begun, tmp_path / "评价")
        assert run(folder, "--out", folder / part).exit_code == 2

    def test_of_a_broken_folder_tells_its_mistakes(self, begun: Path, tmp_path: Path) -> None:
        folder = shutil.copytree(begun, tmp_path / "评价")
        text = (folder / "facts.csv").read_text(encoding="utf-8")
        (folder / "facts.csv").write_text(text + "无此项,1,,,,,,\n", encoding="utf-8")
        result = run(folder, "--out", tmp_path / "去处")
        assert result.exit_code == 2
        assert "无此项" in result.stderr


class TestWhatIsAsked:
    def test_of_the_example_comes_back_as_it_was(self, example: Path) -> None:
        evaluation = load_evaluation(EXAMPLE)
        found: dict[Target, Value] = {}
        for path in example.glob("*.xlsx"):
            seen = read_own(
                read_file(path), evaluation.ledger.dictionary,
                department=evaluation.department, year=evaluation.year,
            )  # fmt: skip
            assert seen is not None
            assert (seen.questions, seen.mistakes, seen.remarks) == ([], [], [])
            found |= {each.target: each.value for each in seen.sightings}
        ledger = evaluation.ledger
        held: dict[Target, Value] = {Target(name): f.value for name, f in ledger.facts.items()}
        for table in ledger.tables.values():
            for row in table.rows:
                for column, value in row.cells.items():
                    if value is not MISSING:
                        held[Target(table.name, row.key, column)] = value
        assert held.items() <= found.items()
        # Beyond that only tables that were said to have nothing to list.
        assert {target.row for target in found.keys() - held.keys()} <= {"—"}

    def test_when_nothing_is_filled_in_is_blank(self, begun: Path, tmp_path: Path) -> None:
        run(begun, "--out", tmp_path)
        dictionary = load_evaluation(begun).ledger.dictionary
        for path in tmp_path.glob("*.xlsx"):
            seen = read_own(read_file(path), dictionary)
            assert seen is not None
            assert seen.sightings == []


class TestWhatAFigureIsFor:
    def test_is_every_indicator_that_is_scored_on_it(self) -> None:
        rubric = load_evaluation(EXAMPLE).rubric
        uses = uses_of(rubric, indicator_names(rubric))
        assert "在职人员控制率" in uses["编制数"]

    def test_goes_through_what_is_computed(self, begun: Path) -> None:
        """
        实际支付进度 = 时点支出执行数 / 支出预算数; 及时完成工作数 counts the table 任务.
        """
        rubric = load_evaluation(begun).rubric
        uses = uses_of(rubric, indicator_names(rubric))
        assert "支付进度率" in uses["时点支出执行数"]
        assert "完成及时率" in uses["任务"]

    def test_is_the_same_whatever_the_reading(self) -> None:
        """
        净额 = (全年预算数 - …) / …; 总额 = (追加预算总额 + …) / …: both are asked for it.
        """
        rubric = load_evaluation(EXAMPLE).rubric
        uses = uses_of(rubric, indicator_names(rubric))
        assert "预算调整率" in uses["全年预算数"]
        assert "预算调整率" in uses["追加预算总额"]

    def test_names_indicators_apart_that_are_called_the_same(self, begun: Path) -> None:
        rubric = load_evaluation(begun).rubric
        names = indicator_names(rubric)
        assert len(set(names.values())) == len(rubric.leaves)
        assert "管理制度健全性（资产管理）" in names.values()


class TestAFileName:
    def test_is_safe_for_every_file_system(self) -> None:
        assert file_names(["财务/会计", 'a<b>:"c'])["财务/会计"] == "资料采集表-财务-会计.xlsx"
        assert file_names(['a<b>:"c'])['a<b>:"c'] == "资料采集表-a-b-c.xlsx"

    def test_is_another_for_each_supplier(self) -> None:
        assert len(set(file_names(["财务/会计", "财务:会计", "财务-会计"]).values())) == 3
