"""The published case, put together from the files that people hand over, and weighed again.

Its judgements, findings and report stay in the folder: they are the evaluators'
work. Every figure and every row of a table comes from Word, Excel and PDF.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from tests.intake.whole.example import BARE, EXAMPLE, names
from tests.intake.whole.papers import write_papers

from steelyard.cli.main import cli
from steelyard.evaluation.folder import load_evaluation
from steelyard.facts.ledger import Ledger
from steelyard.measure.nothing import MISSING
from steelyard.measure.quantity import Quantity, Value

ANSWERS = {
    # The form says 其他收入 of one kind of income; here it is all that is no grant.
    "收入支出决算总表|其他收入·收入·决算数": "其他收入",
    # The total may hold what was carried over; here nothing was.
    "收入支出决算总表|总计·收入·决算数": "部门总收入",
}
"""What the finance section answers: two lines, whose meaning frameworks differ in."""

PLACES = {
    ".xlsx": re.compile(r".+![A-Z]+\d+"),
    ".pdf": re.compile(r"第\d+页 .+ 第\d+行第\d+列"),
    ".docx": re.compile(r".+ 第\d+行第\d+列"),
}
"""What a place says, by the kind of file: sheet and cell, page and cell, table and cell."""


def run(*words: object) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words])


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of an evaluation; what is remembered of batches is none of it."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.relative_to(folder).parts[0] not in ("batches", ".lock")
    }


def emptied(folder: Path) -> Path:
    """Copy the example without a single figure in it."""
    shutil.copytree(EXAMPLE, folder)
    for path in [*(folder / name for name in BARE), *(folder / "tables").glob("*.csv")]:
        path.write_bytes(path.read_bytes().splitlines(keepends=True)[0])
    return folder


def answered(path: Path) -> None:
    """Fill in the answers that are known."""
    blocks = path.read_text(encoding="utf-8").split("[[question]]")
    filled = [
        block.replace('answer = ""', f"answer = {json.dumps(ANSWERS[key], ensure_ascii=False)}")
        if (key := next((k for k in ANSWERS if f'key = "{k}"' in block), None)) is not None
        else block
        for block in blocks
    ]
    path.write_text("[[question]]".join(filled), encoding="utf-8")


@dataclass(frozen=True)
class Assembled:
    """The case put together, and what was said on the way."""

    folder: Path
    before: dict[str, bytes]
    first: dict[str, Any]
    second: dict[str, Any]


@pytest.fixture(scope="module")
def assembled(tmp_path_factory: pytest.TempPathFactory) -> Assembled:
    home = tmp_path_factory.mktemp("whole")
    folder = emptied(home / "folder")
    before = contents(folder)
    (home / "papers").mkdir()
    papers = write_papers(home / "papers")
    answers = home / "对照.toml"
    first = run("take", *papers, "--into", folder, "--map", answers, "--json")
    answered(answers)
    second = run("take", *papers, "--into", folder, "--map", answers, "--json")
    return Assembled(folder, before, json.loads(first.stdout), json.loads(second.stdout))


def values(ledger: Ledger) -> Iterator[tuple[str, Value]]:
    """Every fact and every cell that holds something, in order."""
    for name, fact in sorted(ledger.facts.items()):
        yield name, _plain(fact.value)
    for name, table in sorted(ledger.tables.items()):
        for row in table.rows:
            for column, value in row.cells.items():
                if value is not MISSING:
                    yield f"{name}[{row.key}].{column}", _plain(value)


def _plain(value: Value) -> Value:
    """Leave out how many decimals are printed: 元 gives the same amount without them."""
    if isinstance(value, Quantity):
        return Quantity(value.base, value.dimension, value.unit, None)
    return value


class TestTheCaseFromFiles:
    def test_asks_only_what_a_person_has_to_answer(self, assembled: Assembled) -> None:
        assert {each["key"] for each in assembled.first["questions"]} == set(ANSWERS)
        assert assembled.second["questions"] == []

    def test_finds_no_cell_that_cannot_be_read(self, assembled: Assembled) -> None:
        assert assembled.first["errors"] == []
        assert assembled.second["errors"] == []

    def test_gives_every_fact_and_cell_of_the_example(self, assembled: Assembled) -> None:
        ours = dict(values(load_evaluation(assembled.folder).ledger))
        assert ours == dict(values(load_evaluation(EXAMPLE).ledger))

    def test_gives_the_rows_in_the_order_of_the_example(self, assembled: Assembled) -> None:
        ours = [name for name, _ in values(load_evaluation(assembled.folder).ledger)]
        assert ours == [name for name, _ in values(load_evaluation(EXAMPLE).ledger)]

    def test_scores_as_published(self, assembled: Assembled) -> None:
        assert "总分 81.77" in run("evaluate", assembled.folder).stdout

    def test_finds_the_rate_that_the_department_filled_in_wrongly(
        self, assembled: Assembled
    ) -> None:
        listing = run("take", *_papers(assembled), "--into", assembled.folder, "--dry-run").stdout
        assert "执行率" in listing
        assert "114.38%" in listing

    def test_tells_file_and_place_of_every_fact_and_cell(self, assembled: Assembled) -> None:
        told = json.loads(run("sources", assembled.folder, "--json").stdout)["facts"]
        handed = {path.name for path in _papers(assembled)}
        ours = dict(values(load_evaluation(assembled.folder).ledger))
        assert {each["item"] for each in told} == set(ours) >= set(names())
        assert {each["source"] for each in told} == handed
        vague = [
            each
            for each in told
            if not PLACES[Path(each["source"]).suffix].fullmatch(each["place"]) or not each["quote"]
        ]
        assert vague == []

    def test_is_taken_back_byte_for_byte(self, assembled: Assembled, tmp_path: Path) -> None:
        copy = tmp_path / "copy"
        shutil.copytree(assembled.folder, copy)
        for _ in range(2):
            assert run("undo", copy).exit_code == 0
        assert contents(copy) == assembled.before


def _papers(assembled: Assembled) -> list[Path]:
    return sorted((assembled.folder.parent / "papers").iterdir())
