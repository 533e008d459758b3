"""Own workbooks that went through LibreOffice, as they go through other programs."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from tests.intake.request.department import (
    Copy,
    dictionary,
    held_by,
    ledger,
    read,
    values,
    workbook,
)
from tests.workbook.recalculation import differences, formula_values, office, recalculated

from steelyard.facts.dictionary import Dictionary
from steelyard.measure.quantity import Quantity

FACTS = (
    "年初预算数,7479.370,万元,2024年,决算报表,财决01表,\n"
    "决算数,123456789.123456,万元,,,,\n"
    "满意度,92.567,%,,,,\n"
    "编制数,—,,,,,\n"
    "批复日期,2024-02-01,,,,,\n"
    "自评等级,良,,,,,\n"
    "公开网址,0012,,,,,\n"
    "产值.目标值,12.5,亿元,,,,\n"
    "产值.实际值,0,亿元,,,,\n"
    "代表性效益.目标值,0.30,吨,,,,\n"
)
TABLE = "".join(
    f"{n:03d},第{n}个项目,{n}.{n:02d},2024-03-{n:02d},{'是否'[n % 2]}\n" for n in range(1, 31)
)


def filled_by_hand(known: Dictionary) -> Copy:
    copy = Copy(workbook(known))
    copy.answer("年初预算数", 1234.5678).answer("决算数", 500000, 单位="元", 期间="2023年")
    copy.answer("满意度", 0.92567).answer("编制数", "—").answer("批复日期", date(2024, 2, 1))
    copy.at(copy.figures, "满意度", "数值").number_format = "0.0%"
    copy.answer("自评等级", "良").answer("公开网址", "0012")
    copy.reach("产值", 目标值="≥12", 实际值=13.5).reach("代表性效益", 目标值=3, 单位="吨")
    rows = [(str(n), f"项目{n}", n * 1.25, date(2024, 3, n), "是") for n in range(1, 20)]
    copy.list(*rows).list(("末", "远在下面", 0, "—", "否"), start=400)
    copy.projects.row_dimensions[7].hidden = True
    copy.figures.column_dimensions["D"].hidden = True
    copy.figures.title = "改了名"
    copy.book.copy_worksheet(copy.goals)
    return copy


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("office")


@pytest.fixture(scope="module")
def known(folder: Path) -> Dictionary:
    return dictionary(folder)


@pytest.fixture(scope="module")
def given(folder: Path, known: Dictionary) -> bytes:
    return workbook(known, ledger(folder, known, FACTS, TABLE))


@pytest.fixture(scope="module")
def saved(folder: Path, known: Dictionary, given: bytes) -> Callable[[str, str], bytes]:
    """The workbooks as LibreOffice saves them: by name and ending."""
    command = office()
    (folder / "given.xlsx").write_bytes(given)
    (folder / "filled.xlsx").write_bytes(filled_by_hand(known).saved())
    for ending in ("xlsx:Calc MS Excel 2007 XML", "xls:MS Excel 97"):
        subprocess.run(
            [
                command, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
                "--convert-to", ending, "--outdir", str(folder / "out"),
                str(folder / "given.xlsx"), str(folder / "filled.xlsx"),
            ],
            check=True, capture_output=True, timeout=300,
        )  # fmt: skip
    return lambda name, ending: (folder / "out" / f"{name}.{ending}").read_bytes()


@pytest.mark.parametrize("ending", ["xlsx", "xls"])
class TestAWorkbookSavedByLibreOffice:
    def test_gives_back_all_that_the_folder_holds(
        self,
        folder: Path,
        known: Dictionary,
        saved: Callable[[str, str], bytes],
        ending: str,
    ) -> None:
        seen = read(saved("given", ending), known)
        assert values(seen) == held_by(ledger(folder, known, FACTS, TABLE))
        assert len(seen.sightings) == 10 + 30 * 5
        assert seen.mistakes == []
        assert seen.questions == []

    def test_keeps_the_decimals_that_were_printed(
        self, known: Dictionary, saved: Callable[[str, str], bytes], ending: str
    ) -> None:
        value = values(read(saved("given", ending), known))["年初预算数"]
        assert isinstance(value, Quantity)
        assert value.places == 3

    def test_gives_all_that_was_filled_in(
        self, known: Dictionary, saved: Callable[[str, str], bytes], ending: str
    ) -> None:
        seen = read(saved("filled", ending), known)
        assert values(seen) == values(filled_by_hand(known).read(known))
        assert len(seen.sightings) == 7 + 3 + 20 * 5
        assert seen.mistakes == []
        assert seen.questions == []


class TestTheWorkbook:
    def test_keeps_its_rules_and_locks(
        self, given: bytes, saved: Callable[[str, str], bytes]
    ) -> None:
        before = load_workbook(io.BytesIO(given))
        after = load_workbook(io.BytesIO(saved("given", "xlsx")))
        for name in ("数据项", "绩效目标", "项目"):
            assert after[name].protection.sheet
            rules = len(before[name].data_validations.dataValidation)
            assert len(after[name].data_validations.dataValidation) >= rules // 2 > 0
            assert after[name].row_dimensions[1].hidden
        assert not after["数据项"]["F5"].protection.locked

    def test_counts_what_waits_as_was_written(self, folder: Path, given: bytes) -> None:
        written = folder / "counted.xlsx"
        written.write_bytes(given)
        # A profile of its own: it is told to reckon everything anew.
        assert differences(written, recalculated(written, folder / "anew")) == []
        stored = formula_values(written)
        assert stored["填写说明", "E10"] == 0
        assert stored["填写说明", "E11"] == 1
        assert stored["数据项", "K5"] == "已有，请核对"
        assert stored["绩效目标", "L6"] == "缺一项"
