"""The commands of the report: what they write, say and return."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from steelyard.cli.main import cli

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "examples" / "qiannan-2023"


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    target = tmp_path / "evaluation"
    shutil.copytree(SAMPLE, target)
    return target


@pytest.fixture
def no_office(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without LibreOffice: quick, and a case of its own."""
    monkeypatch.setenv("STEELYARD_SOFFICE", "")
    monkeypatch.setenv("PATH", "")


class TestReport:
    def test_writes_what_is_asked_for_and_says_so(self, folder: Path, tmp_path: Path) -> None:
        result = run("report", folder, "--out", tmp_path / "out", "--html")
        assert result.exit_code == 0, result.output
        assert [path.name for path in (tmp_path / "out").iterdir()] == ["report.html"]
        assert "report.html" in result.stdout
        assert "报告完整" in result.stdout
        assert "[1/3]" in result.stderr

    def test_gives_records(self, folder: Path, tmp_path: Path) -> None:
        result = run("report", folder, "--out", tmp_path / "out", "--html", "--json")
        record = json.loads(result.stdout)
        assert record["draft"] is False
        assert record["gaps"] == []
        assert result.stderr == ""

    def test_replaces_nothing_unasked(self, folder: Path, tmp_path: Path) -> None:
        run("report", folder, "--out", tmp_path / "out", "--html")
        before = (tmp_path / "out" / "report.html").read_bytes()
        again = run("report", folder, "--out", tmp_path / "out", "--html")
        assert again.exit_code == 2
        assert "--force" in again.stderr
        assert (tmp_path / "out" / "report.html").read_bytes() == before
        assert run("report", folder, "--out", tmp_path / "out", "--html", "--force").exit_code == 0

    def test_of_a_folder_with_gaps_is_a_draft(self, folder: Path, tmp_path: Path) -> None:
        (folder / "report" / "主要经验.md").unlink()
        result = run("report", folder, "--out", tmp_path / "out", "--html")
        assert result.exit_code == 1
        assert "草稿" in result.stdout
        assert "report/主要经验.md" in result.stdout
        assert "待补" in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")

    def test_with_a_mistake_in_the_narrative_writes_nothing(
        self, folder: Path, tmp_path: Path
    ) -> None:
        path = folder / "report" / "附件.md"
        path.write_text(path.read_text(encoding="utf-8") + "\n{{ 没有的数 }}\n", encoding="utf-8")
        result = run("report", folder, "--out", tmp_path / "out", "--html")
        assert result.exit_code == 2
        assert "没有的数" in result.stderr
        assert not (tmp_path / "out").exists()

    def test_lists_numbers_that_were_typed(self, folder: Path, tmp_path: Path) -> None:
        path = folder / "report" / "附件.md"
        path.write_text(
            path.read_text(encoding="utf-8") + "\n共花了123.45万元。\n", encoding="utf-8"
        )
        result = run("report", folder, "--out", tmp_path / "out", "--html")
        assert result.exit_code == 0
        assert "123.45万元" in result.stdout
        assert "report/附件.md 第" in result.stdout

    def test_for_publication_says_what_was_taken_out(self, folder: Path, tmp_path: Path) -> None:
        result = run("report", folder, "--out", tmp_path / "out", "--html", "--masked")
        assert result.exit_code == 0
        assert "姓名9处" in result.stdout
        page = (tmp_path / "out" / "report-masked.html").read_text(encoding="utf-8")
        assert "成员一" not in page
        assert 'id="records"' not in page

    def test_for_publication_has_no_workbook(self, folder: Path, tmp_path: Path) -> None:
        result = run("report", folder, "--out", tmp_path / "out", "--masked", "--xlsx")
        assert result.exit_code == 2
        assert not (tmp_path / "out").exists()

    @pytest.mark.usefixtures("no_office")
    def test_without_office_still_writes_word_and_pdf(self, folder: Path, tmp_path: Path) -> None:
        result = run("report", folder, "--out", tmp_path / "out", "--docx", "--pdf")
        assert result.exit_code == 0, result.output
        assert "按 F9 更新" in result.stdout
        assert "内置排版" in result.stdout
        assert {path.name for path in (tmp_path / "out").iterdir()} == {"report.docx", "report.pdf"}

    def test_refuses_a_template_that_is_none(self, folder: Path, tmp_path: Path) -> None:
        template = tmp_path / "house.docx"
        template.write_text("no document", encoding="utf-8")
        out = tmp_path / "out"
        result = run("report", folder, "--out", out, "--docx", "--template", template)
        assert result.exit_code == 2
        assert "Traceback" not in result.output
        assert not out.exists()

    @pytest.mark.parametrize(
        "words", [["report"], ["report", "nowhere", "--out", "x"], ["report", "take", "nowhere"]]
    )
    def test_that_cannot_be_says_so_in_chinese(self, words: list[str]) -> None:
        result = CliRunner().invoke(cli, words)
        assert result.exit_code in (0, 2)
        assert "Traceback" not in result.output


class TestBegin:
    def test_makes_places_for_what_is_missing(self, folder: Path) -> None:
        shutil.rmtree(folder / "report")
        result = run("report", "begin", folder)
        assert result.exit_code == 0, result.output
        names = {path.name for path in (folder / "report").iterdir()}
        assert {"report.toml", "说明.txt", "基本情况.md", "主要经验.md"} <= names
        assert "## 部门概况" in (folder / "report" / "基本情况.md").read_text(encoding="utf-8")
        # It can be composed as it is, and begun again without harm.
        assert run("report", "begin", folder).exit_code == 0

    def test_touches_nothing_that_was_written(self, folder: Path) -> None:
        before = {p.name: p.read_bytes() for p in (folder / "report").glob("*.md")}
        assert run("report", "begin", folder).exit_code == 0
        after = {p.name: p.read_bytes() for p in (folder / "report").glob("*.md")}
        assert before == after


class TestTake:
    @pytest.mark.usefixtures("no_office")
    def test_of_an_untouched_report_changes_nothing(self, folder: Path, tmp_path: Path) -> None:
        run("report", folder, "--out", tmp_path / "out", "--docx")
        result = run("report", "take", tmp_path / "out" / "report.docx", "--into", folder)
        assert result.exit_code == 0, result.output
        assert "0段" in result.stdout

    def test_of_another_file_says_why_not(self, folder: Path, tmp_path: Path) -> None:
        path = tmp_path / "other.docx"
        path.write_bytes(b"PK\x03\x04")
        result = run("report", "take", path, "--into", folder)
        assert result.exit_code == 2
        assert "Traceback" not in result.output
