"""steelyard take, undo and sources, as people call them."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import Workbook, load_workbook

from steelyard.cli.main import cli

ROWS = (
    ("项目", "金额（万元）"),
    ("年初预算数", 4501.85),
    ("全年预算数", 7479.37),
    ("编制数（人）", 68),
)


def run(*words: object) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    run(
        "init",
        tmp_path / "e",
        "--framework",
        "qiannan-2023",
        "--department",
        "某局",
        "--year",
        2023,
    )
    return tmp_path / "e"


def book(path: Path, *rows: tuple[object, ...]) -> Path:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in rows or ROWS:
        sheet.append(list(row))
    workbook.save(path)
    return path


class TestTake:
    def test_writes_a_batch_and_says_how_to_take_it_back(
        self, folder: Path, tmp_path: Path
    ) -> None:
        result = run("take", book(tmp_path / "附表.xlsx"), "--into", folder)
        assert result.exit_code == 0
        assert "新增3" in result.stdout
        assert "steelyard undo" in result.stdout
        assert "4501.85" in (folder / "facts.csv").read_text(encoding="utf-8-sig")

    def test_keeps_the_file_it_took_from(self, folder: Path, tmp_path: Path) -> None:
        source = book(tmp_path / "附表.xlsx")
        run("take", source, "--into", folder)
        kept = list((folder / "sources").iterdir())
        assert [path.read_bytes() for path in kept] == [source.read_bytes()]

    def test_of_a_dry_run_changes_nothing(self, folder: Path, tmp_path: Path) -> None:
        before = {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}
        result = run("take", book(tmp_path / "附表.xlsx"), "--into", folder, "--dry-run")
        assert "没有写入" in result.stdout
        after = {p: p.read_bytes() for p in folder.rglob("*") if p.is_file() and p.name != ".lock"}
        assert after == before

    def test_writes_nothing_when_there_is_a_mistake(self, folder: Path, tmp_path: Path) -> None:
        source = book(
            tmp_path / "附表.xlsx", *ROWS, ("固定资产总额", "十万"), ("在职人员数", "#REF!")
        )
        result = run("take", source, "--into", folder)
        assert result.exit_code == 1
        assert "Sheet!B6" in result.stdout
        assert "4501.85" not in (folder / "facts.csv").read_text(encoding="utf-8-sig")

    def test_writes_the_rest_when_asked_to(self, folder: Path, tmp_path: Path) -> None:
        source = book(tmp_path / "附表.xlsx", *ROWS, ("在职人员数", "#REF!"))
        result = run("take", source, "--into", folder, "--partial")
        assert result.exit_code == 1
        assert "4501.85" in (folder / "facts.csv").read_text(encoding="utf-8-sig")

    def test_asks_once_and_remembers(self, folder: Path, tmp_path: Path) -> None:
        source = book(tmp_path / "附表.xlsx", ("项目", "金额"), ("年初预算数", 45018500))
        answers = tmp_path / "对照.toml"
        assert "没有写单位" in run("take", source, "--into", folder, "--map", answers).stdout
        text = answers.read_text(encoding="utf-8")
        answers.write_text(text.replace('answer = ""', 'answer = "元"'), encoding="utf-8")
        result = run("take", source, "--into", folder, "--map", answers, "--json")
        facts = json.loads(result.stdout)["facts"]
        assert [(each["item"], each["value"], each["unit"]) for each in facts] == [
            ("年初预算数", "4501.85", "万元")
        ]

    def test_gives_records_with_origins(self, folder: Path, tmp_path: Path) -> None:
        result = run("take", book(tmp_path / "附表.xlsx"), "--into", folder, "--json", "--dry-run")
        record = json.loads(result.stdout)
        assert record["facts"][0]["origin"]["cell"] == "B2"
        assert set(record) >= {"facts", "questions", "errors"}

    def test_looks_into_archives(self, folder: Path, tmp_path: Path) -> None:
        source = book(tmp_path / "附表.xlsx")
        with zipfile.ZipFile(tmp_path / "材料.zip", "w") as archive:
            archive.write(source, "一/附表.xlsx")
        result = run("take", tmp_path / "材料.zip", "--into", folder)
        assert "新增3" in result.stdout
        assert "材料.zip › 一/附表.xlsx" in result.stdout

    def test_refuses_what_cannot_be_read_in_a_sentence(self, folder: Path, tmp_path: Path) -> None:
        (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04" + b"\0" * 50)
        result = run("take", tmp_path / "坏.xlsx", "--into", folder)
        assert result.exit_code == 2
        assert "坏.xlsx" in result.stderr


class TestSendingBack:
    def test_writes_a_copy_with_the_wrong_cells_marked(self, folder: Path, tmp_path: Path) -> None:
        source = book(tmp_path / "附表.xlsx", *ROWS, ("在职人员数", "#REF!"))
        run("take", source, "--into", folder, "--returns", tmp_path / "退")
        sheet = load_workbook(tmp_path / "退" / "附表.退回.xlsx")["Sheet"]
        comment = sheet["B5"].comment
        assert comment is not None
        assert "公式出错" in comment.text
        assert source.exists()

    def test_writes_a_list_for_other_files(self, folder: Path, tmp_path: Path) -> None:
        source = tmp_path / "附表.csv"
        source.write_text("项目,金额（万元）\n年初预算数,12人\n全年预算数,8\n", encoding="utf-8")
        run("take", source, "--into", folder, "--returns", tmp_path / "退")
        assert [path.name for path in (tmp_path / "退").iterdir()] == ["附表.错误清单.xlsx"]

    def test_writes_nothing_when_nothing_is_wrong(self, folder: Path, tmp_path: Path) -> None:
        run("take", book(tmp_path / "附表.xlsx"), "--into", folder, "--returns", tmp_path / "退")
        assert not (tmp_path / "退").exists()


class TestUndo:
    def test_takes_the_last_batch_back(self, folder: Path, tmp_path: Path) -> None:
        before = (folder / "facts.csv").read_bytes()
        run("take", book(tmp_path / "附表.xlsx"), "--into", folder)
        assert "恢复" in run("undo", folder).stdout
        assert (folder / "facts.csv").read_bytes() == before

    def test_says_when_there_is_nothing_to_take_back(self, folder: Path) -> None:
        result = run("undo", folder)
        assert result.exit_code == 2
        assert "没有可以撤销的批次" in result.stderr


class TestSources:
    def test_lists_file_cell_and_words(self, folder: Path, tmp_path: Path) -> None:
        run("take", book(tmp_path / "附表.xlsx"), "--into", folder)
        line = next(
            each for each in run("sources", folder).stdout.splitlines() if "年初预算数" in each
        )
        assert "附表.xlsx" in line
        assert "Sheet!B2" in line
        assert "第1批" in line
