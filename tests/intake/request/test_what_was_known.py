"""What a folder holds is sent along, and comes back as it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.intake.request.department import dictionary, held_by, ledger, read, values, workbook

from steelyard.facts.dictionary import Dictionary


@pytest.fixture
def known(tmp_path: Path) -> Dictionary:
    return dictionary(tmp_path)


class TestWhatTheFolderHolds:
    FACTS = (
        "年初预算数,7479.370,万元,2024年,决算报表,财决01表,\n"
        "决算数,1234567,元,,,,\n"
        "满意度,—,,,,,\n"
        "批复日期,2024-02-01,,,,,\n"
        "公开网址,=1+1,,,,,\n"
        "产值.目标值,12.5,亿元,,,,\n"
        "代表性效益.目标值,0.30,吨,,,,\n"
        "代表性效益.实际值,2.5,千克,,,,\n"
    )
    TABLE = "01,甲,12.50,2024-03-01,是\n02,乙,—,,否\n"

    def test_comes_back_as_it_was(self, known: Dictionary, tmp_path: Path) -> None:
        has = ledger(tmp_path, known, self.FACTS, self.TABLE)
        seen = read(workbook(known, has), known)
        assert values(seen) == held_by(has)
        assert seen.mistakes == []
        assert seen.questions == []

    def test_keeps_the_decimals_that_were_printed(self, known: Dictionary, tmp_path: Path) -> None:
        has = ledger(tmp_path, known, self.FACTS)
        value = values(read(workbook(known, has), known))["年初预算数"]
        assert str(value) == "7479.370万元"

    @pytest.mark.parametrize(
        "digits", ["0.1", "123456789012.345", "12345678901234567.89", "0.000000000001", "-0.05"]
    )
    def test_keeps_every_digit(self, known: Dictionary, tmp_path: Path, digits: str) -> None:
        has = ledger(tmp_path, known, f"决算数,{digits},万元,,,,\n")
        assert values(read(workbook(known, has), known)) == held_by(has)

    def test_is_not_sent_when_no_decimal_says_it(self, tmp_path: Path) -> None:
        """
        One 亩 is 2000/3 平方米: what cannot be written is asked anew, not rounded.
        """
        item = '[[item]]\nname = "面积"\nunit = "平方米"\n'
        land = dictionary(tmp_path, item)
        has = ledger(tmp_path, land, "面积,1,亩,,,,\n")
        assert read(workbook(land, has), land).sightings == []
