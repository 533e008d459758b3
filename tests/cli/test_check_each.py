"""Many reports at once, each by itself."""

from __future__ import annotations

import io
import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from tests.doctor.papers.made_word import run as words
from tests.doctor.papers.made_word import word_file

from steelyard.cli.check_files import told_apart
from steelyard.cli.main import cli

WRONG = "全年预算数100万元，全年执行数80万元，预算执行率85%。"
RIGHT = "全年预算数100万元，全年执行数80万元，预算执行率80%。"


def run(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(cli, ["check", *map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    home = tmp_path / "报告"
    home.mkdir()
    for name, text in (("甲局.docx", WRONG), ("乙局.docx", RIGHT)):
        (home / name).write_bytes(word_file(f"<w:p>{words(text)}</w:p>"))
    (home / "~$甲局.docx").write_bytes(b"lock")
    (home / "旧.checked.docx").write_bytes(b"ours")
    return home


class TestEach:
    def test_makes_a_table_of_the_files_in_a_folder(self, folder: Path) -> None:
        result = run(folder, "--each")
        rows = [line.split() for line in result.stdout.splitlines()]
        assert ["1", "3", "100.0%", "0", "0", "0", "乙局.docx"] in [row for row in rows if row]
        assert result.stdout.endswith(
            "共2份，检查了2份；有错误的1份。错误1处，需核实0处，提示0处。\n"
        )
        assert result.exit_code == 1

    def test_does_not_compare_the_files_with_each_other(self, folder: Path) -> None:
        assert "需核实0处" in run(folder, "--each").stdout

    def test_goes_on_past_a_file_that_cannot_be_read(self, folder: Path) -> None:
        (folder / "丙局.docx").write_bytes(b"PK\x03\x04 no package")
        result = run(folder, "--each")
        assert "检查了2份，读不了1份" in result.stdout
        assert "无法读取" in result.stdout
        assert result.exit_code == 2

    def test_gives_a_list_of_records(self, folder: Path) -> None:
        found = json.loads(run(folder, "--each", "--json").stdout)
        assert [each["file"] for each in found] == ["乙局.docx", "甲局.docx"]
        assert [len(each["findings"]) for each in found] == [0, 1]

    def test_writes_a_folder_for_each_file_and_a_table(self, folder: Path, tmp_path: Path) -> None:
        out = tmp_path / "out"
        run(folder, "--each", "--out", out)
        assert {path.name for path in out.iterdir()} == {"甲局", "乙局", "summary.xlsx"}
        assert {path.name for path in (out / "甲局").iterdir()} == {
            "findings.xlsx",
            "checked.html",
            "甲局.checked.docx",
        }
        book = openpyxl.load_workbook(io.BytesIO((out / "summary.xlsx").read_bytes()))
        rows = list(book["汇总"].iter_rows(values_only=True))
        assert rows[2][1] == "甲局.docx"
        assert rows[2][rows[0].index("错误")] == 1

    def test_replaces_nothing_unasked(self, folder: Path, tmp_path: Path) -> None:
        out = tmp_path / "out"
        (out / "甲局").mkdir(parents=True)
        (out / "甲局" / "findings.xlsx").write_bytes(b"mine")
        refused = run(folder, "--each", "--out", out)
        assert refused.exit_code == 2
        assert "--force" in refused.stderr
        assert not (out / "summary.xlsx").exists()

    def test_takes_no_evaluation_folder(self, folder: Path) -> None:
        assert "不能与 --case 一起用" in run(folder, "--each", "--case", folder).stderr


class TestAFolder:
    def test_alone_is_refused_with_a_way_out(self, folder: Path) -> None:
        refused = run(folder)
        assert refused.exit_code == 2
        assert "乙局.docx" in refused.stderr
        assert "--each" in refused.stderr

    def test_without_a_file_is_told(self, tmp_path: Path) -> None:
        assert "没有 Word" in run(tmp_path, "--each").stderr


class TestNames:
    def test_alike_are_told_apart_by_as_much_of_the_folder_as_is_needed(self) -> None:
        paths = [Path("/a/x/报告.docx"), Path("/b/x/报告.docx"), Path("/c/表.xlsx")]
        assert told_apart(paths) == ["a/x/报告.docx", "b/x/报告.docx", "表.xlsx"]
