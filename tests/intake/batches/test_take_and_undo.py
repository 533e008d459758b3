"""A batch is written whole, keeps where every value came from, and can be taken back."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from tests.intake.recognise.sheets import dictionary, see

from steelyard.errors import Problems
from steelyard.evaluation.folder import HalfWritten, load_evaluation
from steelyard.facts.ledger import Conflict, Ledger, Target
from steelyard.facts.load_facts import load_conflicts, load_facts, load_sources, load_table
from steelyard.files.under_way import WRITING
from steelyard.intake.batches.batch import DamagedBatch, batches
from steelyard.intake.batches.store import FolderBusy, Lock, recover
from steelyard.intake.batches.take import ChangedSince, NothingToUndo, take, undo
from steelyard.intake.proposal import Proposal, State, propose
from steelyard.intake.sighting import Seen
from steelyard.measure.quantity import Quantity
from steelyard.measure.units import unit_named
from steelyard.provenance.origin import Origin

HEAD = ("序号", "学校名称", "拨款数（万元）", "支出数（万元）", "是否公办")
FIGURES = see([("项目", "金额"), ("年初预算数", "100.50"), ("全年预算数", "120")], unit="万元")
ROWS = see([HEAD, ("1", "一中", "100", "90", "是"), ("2", "二中", "50", "—", "否")])


def ledger(folder: Path) -> Ledger:
    """What the folder says, read strictly."""
    problems, known = Problems(), dictionary()
    sources = load_sources(folder / "sources.csv", problems)
    facts = load_facts(folder / "facts.csv", known, sources, problems)
    table = None
    if (folder / "tables" / "学校.csv").exists():
        path = folder / "tables" / "学校.csv"
        table = load_table(path, known.tables["学校"], Origin(), problems)
    problems.settle()
    return Ledger(known, facts, {} if table is None else {"学校": table})


def proposal(folder: Path, *seen: Seen) -> Proposal:
    whole = Seen()
    for each in seen:
        whole.add(each)
    sources = load_sources(folder / "sources.csv", Problems())
    return propose(whole, ledger(folder), sources)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    header = "数据项,数值,单位,期间,来源,位置,引文,说明\n"
    (tmp_path / "facts.csv").write_text(f"{header}全年预算数,110,万元,,,,,\n", encoding="utf-8")
    (tmp_path / "sources.csv").write_text("编号,名称,文件,说明\n", encoding="utf-8")
    (tmp_path / "evaluation.toml").write_text("", encoding="utf-8")
    return tmp_path


class TestAProposal:
    def test_tells_new_from_changed(self, folder: Path) -> None:
        states = {str(c.sighting.target): c.state for c in proposal(folder, FIGURES).changes}
        assert states == {"年初预算数": State.NEW, "全年预算数": State.CHANGED}

    def test_of_what_is_there_already_is_the_same(self, folder: Path) -> None:
        take(proposal(folder, FIGURES), folder, dictionary(), [])
        assert {c.state for c in proposal(folder, FIGURES).changes} == {State.SAME}

    def test_of_another_source_is_a_conflict(self, folder: Path) -> None:
        text = (folder / "facts.csv").read_text(encoding="utf-8")
        (folder / "facts.csv").write_text(
            text.replace("万元,,,", "万元,,决算报表,"), encoding="utf-8"
        )
        states = {str(c.sighting.target): c.state for c in proposal(folder, FIGURES).changes}
        assert states["全年预算数"] is State.CONFLICT

    def test_names_what_is_still_missing(self, folder: Path) -> None:
        assert "在职人员数" in proposal(folder, FIGURES).missing

    def test_does_not_register_a_conflict_twice(self, folder: Path) -> None:
        text = (folder / "facts.csv").read_text(encoding="utf-8")
        (folder / "facts.csv").write_text(
            text.replace("万元,,,", "万元,,决算报表,"), encoding="utf-8"
        )
        known = Conflict("C1", Target("全年预算数"), _amount(120), Origin(), "已核", open=False)
        changes = propose(FIGURES, ledger(folder), {}, [known]).changes
        assert {str(c.sighting.target): c.state for c in changes}["全年预算数"] is State.SAME


def _amount(value: int) -> Quantity:
    return Quantity.of(value, unit_named("万元"))


class TestTaking:
    def test_writes_every_value_with_its_place(self, folder: Path) -> None:
        take(proposal(folder, FIGURES, ROWS), folder, dictionary(), [])
        known = ledger(folder)
        fact = known.facts["年初预算数"]
        assert (str(fact.value), fact.origin.place) == ("100.50万元", "表!B2")
        row = known.tables["学校"].row("2")
        assert row is not None
        assert str(row.cell("支出数")) == "—"

    def test_keeps_both_sides_of_a_conflict(self, folder: Path) -> None:
        text = (folder / "facts.csv").read_text(encoding="utf-8")
        (folder / "facts.csv").write_text(
            text.replace("万元,,,", "万元,,决算报表,"), encoding="utf-8"
        )
        take(proposal(folder, FIGURES), folder, dictionary(), [])
        problems = Problems()
        (folder / "sources.csv").write_text("编号,名称\n", encoding="utf-8")
        found = load_conflicts(folder / "conflicts.csv", ledger(folder), {}, problems)
        assert [(str(c.target), str(c.other), c.open) for c in found] == [
            ("全年预算数", "120万元", True)
        ]

    def test_records_file_fingerprint_and_words(self, folder: Path) -> None:
        take(proposal(folder, FIGURES), folder, dictionary(), [])
        entry = next(iter(batches(folder))).entries[0]
        assert (entry.item, entry.sheet, entry.cell, entry.quote) == (
            "年初预算数", "表", "B2", "100.50",
        )  # fmt: skip
        assert len(entry.sha256) == 64

    def test_keeps_the_rows_and_columns_of_others(self, folder: Path) -> None:
        (folder / "tables").mkdir()
        theirs = "序号,学校名称,拨款数（元）,支出数（万元）,是否公办\n9,九中,90000,9,是\n"
        (folder / "tables" / "学校.csv").write_text(theirs, encoding="utf-8")
        take(proposal(folder, ROWS), folder, dictionary(), [])
        lines = (folder / "tables" / "学校.csv").read_text(encoding="utf-8-sig").splitlines()
        assert lines[1] == "9,九中,90000,9,是,"
        assert lines[2].startswith("1,一中,1000000,90,是")


class TestUndoing:
    def test_makes_every_file_what_it_was(self, folder: Path) -> None:
        before = {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file()}
        take(proposal(folder, FIGURES, ROWS), folder, dictionary(), [])
        undo(folder)
        after = {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file()}
        assert after == before
        assert not (folder / "tables" / "学校.csv").exists()

    def test_goes_back_one_batch_at_a_time(self, folder: Path) -> None:
        take(proposal(folder, FIGURES), folder, dictionary(), [])
        take(proposal(folder, ROWS), folder, dictionary(), [])
        undo(folder)
        assert "年初预算数" in ledger(folder).facts
        undo(folder)
        assert "年初预算数" not in ledger(folder).facts
        with pytest.raises(NothingToUndo):
            undo(folder)

    def test_never_loses_what_was_changed_by_hand_since(self, folder: Path) -> None:
        take(proposal(folder, FIGURES), folder, dictionary(), [])
        text = (folder / "facts.csv").read_text(encoding="utf-8-sig")
        (folder / "facts.csv").write_text(text.replace("100.50", "101"), encoding="utf-8")
        with pytest.raises(ChangedSince, match="又被改动"):
            undo(folder)
        assert str(ledger(folder).facts["年初预算数"].value) == "101万元"


_CUT_OFF = """
    import os, sys
    from pathlib import Path
    from tests.intake.batches import test_take_and_undo as here
    from steelyard.intake.batches import store
    folder, stop = Path(sys.argv[1]), int(sys.argv[2])
    steps = 0
    inner = store.write_file
    def counted(path, content):
        global steps
        steps += 1
        if steps == stop:
            os.kill(os.getpid(), 9)
        inner(path, content)
    store.write_file = counted
    here.take(here.proposal(folder, here.FIGURES, here.ROWS), folder, here.dictionary(), [])
"""


class TestARecordFromOutside:
    @pytest.mark.parametrize("name", ["../外.txt", "/外.txt", "a/../../外.txt", "C:/外.txt"])
    def test_never_reaches_outside_of_the_folder(self, folder: Path, name: str) -> None:
        home = folder / "batches" / "0001"
        (home / "after").mkdir(parents=True)
        record = {"number": 1, "time": "", "files": [], "entries": [], "undone": False}
        record["written"] = {name: {"before": "", "after": "0"}}
        (home / "batch.json").write_text(json.dumps(record), encoding="utf-8")
        (home / WRITING).touch()
        with pytest.raises(DamagedBatch):
            recover(folder)

    def test_of_another_shape_is_told(self, folder: Path) -> None:
        home = folder / "batches" / "0001"
        home.mkdir(parents=True)
        record = {"number": 1, "time": "", "files": [], "entries": [], "undone": False}
        (home / "batch.json").write_text(json.dumps({**record, "written": {"facts.csv": [1]}}))
        with pytest.raises(DamagedBatch):
            undo(folder)


class TestAWritingThatIsCutOff:
    @pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal")
    @pytest.mark.parametrize("stop", range(1, 14))
    def test_is_whole_or_never_was(self, folder: Path, stop: int) -> None:
        script = textwrap.dedent(_CUT_OFF)
        run = subprocess.run(
            [sys.executable, "-c", script, str(folder), str(stop)],
            cwd=Path(__file__).parents[3], env={**os.environ, "PYTHONPATH": "."}, check=False,
        )  # fmt: skip
        recover(folder)
        known = ledger(folder)
        written = ("年初预算数" in known.facts, "学校" in known.tables, any(batches(folder)))
        assert written in ((True, True, True), (False, False, False))
        assert run.returncode in (0, -signal.SIGKILL)

    def test_is_not_computed_on(self, tmp_path: Path) -> None:
        folder = tmp_path / "评价"
        (folder / "batches" / "0001").mkdir(parents=True)
        (folder / "evaluation.toml").write_text("", encoding="utf-8")
        (folder / "batches" / "0001" / WRITING).touch()
        with pytest.raises(HalfWritten, match="写到一半"):
            load_evaluation(folder)

    def test_tells_a_second_writer_to_wait(self, folder: Path) -> None:
        with Lock(folder), pytest.raises(FolderBusy, match="另一个命令"), Lock(folder):
            pass
