"""The command check: what it prints, what it writes, how it ends."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.doctor.papers.made_word import run as words
from tests.doctor.papers.made_word import word_file

from steelyard.cli.main import cli
from steelyard.cli.progress import Bar

EXAMPLE = Path(__file__).parents[2] / "examples" / "qiannan-2023"
WRONG = "全年预算数100万元，全年执行数80万元，预算执行率85%。"
RIGHT = "全年预算数100万元，全年执行数80万元，预算执行率80%。"


def run(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(cli, ["check", *map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def made(path: Path, text: str = WRONG) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(word_file(f"<w:p>{words(text)}</w:p>"))
    return path


@pytest.fixture
def report(tmp_path: Path) -> Path:
    return made(tmp_path / "报告.docx")


class TestCheck:
    def test_lists_what_is_wrong_and_returns_one(self, report: Path) -> None:
        result = run(report)
        assert result.exit_code == 1
        assert "［错误］" in result.stdout
        assert "85%" in result.stdout

    def test_returns_nought_when_nothing_is_wrong(self, tmp_path: Path) -> None:
        result = run(made(tmp_path / "报告.docx", RIGHT))
        assert result.exit_code == 0
        assert "没有发现问题" in result.stdout

    def test_returns_two_when_a_file_cannot_be_read(self, tmp_path: Path, report: Path) -> None:
        (tmp_path / "坏.docx").write_bytes(b"PK\x03\x04 no package")
        result = run(report, tmp_path / "坏.docx", tmp_path / "无.pdf")
        assert result.exit_code == 2
        assert result.stdout == ""
        assert "坏.docx" in result.stderr
        assert "无.pdf" in result.stderr

    def test_tells_two_files_of_one_name_apart(self, report: Path, tmp_path: Path) -> None:
        other = made(tmp_path / "b" / "报告.docx", RIGHT)
        names = [each["name"] for each in json.loads(run(report, other, "--json").stdout)["files"]]
        assert names == [f"{tmp_path.name}/报告.docx", "b/报告.docx"]

    def test_takes_a_file_once(self, report: Path) -> None:
        assert len(json.loads(run(report, report, "--json").stdout)["files"]) == 1

    def test_warns_of_files_of_two_departments(self, tmp_path: Path) -> None:
        files = [
            made(tmp_path / f"{name}.docx", f"云岭县{name}2023年度部门整体支出绩效评价报告")
            for name in ("水利局", "教育局")
        ]
        assert "像是不同单位的" in run(*files).stdout.splitlines()[1]

    def test_gives_records(self, report: Path) -> None:
        record = json.loads(run(report, "--json").stdout)
        assert record["numbers"]["total"] == 3
        assert record["findings"][0]["severity"] == "error"

    def test_says_nothing_else_with_records(self, report: Path) -> None:
        assert run(report, "--json").stderr == ""

    def test_compares_with_an_evaluation_folder(self, report: Path, tmp_path: Path) -> None:
        folder = shutil.copytree(EXAMPLE, tmp_path / "评价")
        result = run(report, "--case", folder, "--json")
        assert [each["name"] for each in json.loads(result.stdout)["files"]] == [
            "报告.docx",
            "评价",
        ]

    def test_asks_for_a_file(self) -> None:
        assert run().exit_code == 2


class TestOut:
    def test_writes_list_page_and_copy(self, report: Path, tmp_path: Path) -> None:
        before = report.read_bytes()
        result = run(report, "--out", tmp_path / "out")
        names = {path.name for path in (tmp_path / "out").iterdir()}
        assert names == {"findings.xlsx", "checked.html", "报告.checked.docx"}
        assert "已写出" in result.stderr
        assert report.read_bytes() == before

    def test_names_copies_of_two_files_apart(self, report: Path, tmp_path: Path) -> None:
        other = made(tmp_path / "b" / "报告.docx", RIGHT)
        run(report, other, "--out", tmp_path / "out")
        names = {path.name for path in (tmp_path / "out").glob("*.docx")}
        assert names == {"报告.checked.docx", "报告.checked(2).docx"}

    def test_replaces_nothing_unasked(self, report: Path, tmp_path: Path) -> None:
        out = tmp_path / "out"
        out.mkdir()
        (out / "findings.xlsx").write_bytes(b"mine")
        refused = run(report, "--out", out)
        assert refused.exit_code == 2
        assert "--force" in refused.stderr
        assert [path.name for path in out.iterdir()] == ["findings.xlsx"]
        assert run(report, "--out", out, "--force").exit_code == 1
        assert (out / "findings.xlsx").read_bytes() != b"mine"

    def test_says_in_chinese_why_it_cannot_write(self, report: Path, tmp_path: Path) -> None:
        (tmp_path / "表.txt").write_text("x", encoding="utf-8")
        for out in ("表.txt", "表.txt/out", "长" * 300):
            refused = run(report, "--out", tmp_path / out)
            assert refused.exit_code == 2
            assert "无法写入：" in refused.stderr

    def test_holds_errors_only_when_asked(self, report: Path, tmp_path: Path) -> None:
        run(report, "--errors-only", "--out", tmp_path / "out")
        page = (tmp_path / "out" / "checked.html").read_text(encoding="utf-8")
        assert "发现错误1处" in page or "发现1处：错误1处，需核实0处，提示0处。" in page

    def test_never_replaces_an_original(self, tmp_path: Path) -> None:
        original = made(tmp_path / "报告.checked.docx", RIGHT)
        report = made(tmp_path / "报告.docx")
        refused = run(report, original, "--out", tmp_path, "--force")
        assert refused.exit_code == 2
        assert not (tmp_path / "findings.xlsx").exists()


class TestTheBar:
    def shown(self, monkeypatch: pytest.MonkeyPatch, *, seconds: int, wanted: bool = True) -> str:
        class Terminal(io.StringIO):
            def isatty(self) -> bool:
                return True

        err, times = Terminal(), iter([0, *[seconds] * 20])
        monkeypatch.setattr("sys.stderr", err)
        with Bar(shown=wanted, clock=lambda: next(times)) as bar:
            step = bar.counting("核对", 400, 700)
            for done in range(11):
                step(done, 10)
        return err.getvalue()

    def test_is_shown_when_it_takes_long(self, monkeypatch: pytest.MonkeyPatch) -> None:
        text = self.shown(monkeypatch, seconds=2)
        assert "核对" in text
        assert "70%" in text

    def test_is_not_shown_for_a_moment(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert self.shown(monkeypatch, seconds=0) == ""

    def test_is_not_shown_unwanted(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert self.shown(monkeypatch, seconds=9, wanted=False) == ""

    def test_counts_file_after_file(self, monkeypatch: pytest.MonkeyPatch) -> None:
        seen: list[int] = []
        bar = Bar(shown=False)
        monkeypatch.setattr(bar, "_go", lambda _label, to: seen.append(to))
        step = bar.counting("读取", 0, 400, of=2)
        for done in (1, 2, 1, 2):
            step(done, 2)
        assert seen == [100, 200, 300, 400]
