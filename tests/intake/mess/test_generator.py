"""The generator of messy files: what it says about a file is true of the file."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction
from io import BytesIO

import openpyxl
import pypdfium2
import pytest
from tests.intake.mess.kinds import FileKind, Mess
from tests.intake.mess.messy import Decoy, Messy, judge
from tests.intake.mess.messy_file import messy_file

from steelyard.facts.dictionary import Dictionary
from steelyard.measure.nothing import Nothing
from steelyard.measure.number import narrow, places_needed, trimmed
from steelyard.measure.quantity import Quantity, Value
from steelyard.measure.units import UNITS

KINDS: tuple[FileKind, ...] = ("xlsx", "docx", "pdf")
SEEDS = range(30)
READ = 8
"""Files of each kind that are read back: a workbook takes a tenth of a second."""


@pytest.fixture(scope="module")
def files() -> list[Messy]:
    return [messy_file(seed, kind) for kind in KINDS for seed in SEEDS]


def words_in(file: Messy) -> str:
    """All that the file says, without white space and separators of thousands."""
    if file.kind == "docx":
        with zipfile.ZipFile(BytesIO(file.content)) as archive:
            source = archive.read("word/document.xml").decode()
        source = re.sub(r"<w:del .*?</w:del>|<w:p[ >]", "\n", source)
        words = "".join(re.sub(r"<[^>]+>", "", source))
    elif file.kind == "pdf":
        pages = pypdfium2.PdfDocument(file.content)
        words = "".join(page.get_textpage().get_text_range() for page in pages)
    else:
        sheets = openpyxl.load_workbook(BytesIO(file.content), data_only=True)
        cells = [cell for sheet in sheets for row in sheet.iter_rows() for cell in row]
        words = "\n".join(shown(cell.value, cell.number_format) for cell in cells)
    return re.sub(r"[\s,]", "", narrow(words)).replace("&quot;", '"')


def shown(value: object, shape: str) -> str:
    """A cell of a workbook as a person sees it."""
    if isinstance(value, datetime | date):
        return f"{value.year}-{value.month:02d}-{value.day:02d}"
    if isinstance(value, int | float):
        number = Fraction(format(value, ".15g")) * (100 if "%" in shape else 1)
        return trimmed(number, places_needed(number, 15))
    return "" if value is None else str(value)


def writings(value: Value) -> set[str]:
    """Everything that a sure value may be written as."""
    if isinstance(value, Quantity):
        units = [unit for unit in UNITS.values() if unit.dimension == value.dimension]
        amounts = [abs(value.base / unit.factor) for unit in units]
        return {trimmed(each, places_needed(each, 15)) for each in amounts}
    if isinstance(value, date):
        y, m, d = value.year, value.month, value.day
        padded = {f"{y}{sign}{m:02d}{sign}{d:02d}" for sign in "-."}
        return padded | {f"{y}.{m}.{d}", f"{y}/{m}/{d}", f"{y}年{m}月{d}日"}
    if isinstance(value, Nothing):
        return {"—", "/", "-", "不适用"}
    text = re.sub(r"[\s,]", "", narrow(str(value)))
    return {text, *{"是": "√", "否": "×"}.get(text, text)}


class TestMessyFile:
    @pytest.mark.parametrize("kind", KINDS)
    def test_comes_out_the_same_from_the_same_seed(self, kind: FileKind) -> None:
        assert messy_file(7, kind) == messy_file(7, kind)

    def test_states_every_sure_value(self, files: list[Messy]) -> None:
        missing = [
            (file.kind, file.seed, key)
            for file in files
            if file.seed < READ
            for words in (words_in(file),)
            for key, value in file.sure.items()
            if not any(each in words for each in writings(value))
        ]
        assert missing == []

    def test_states_only_what_its_dictionary_knows(self, files: list[Messy]) -> None:
        names = {
            (file.kind, file.seed, key)
            for file in files
            for key in file.truth
            if "[" not in key and key not in file.dictionary.items
        }
        assert names == set()

    def test_can_mostly_be_taken_without_a_question(self, files: list[Messy]) -> None:
        sure = sum(len(file.sure) for file in files)
        figures = sum(1 for file in files for key in file.layouts if not is_key(file, key))
        assert 0.75 < sure / figures < 0.98

    def test_shows_many_kinds_of_mess(self, files: list[Messy]) -> None:
        assert len({mess for file in files for mess in file.mess}) > len(Mess) * 0.85

    def test_sets_traps(self, files: list[Messy]) -> None:
        assert sum(len(file.decoys) > 5 for file in files) > len(files) / 2


def is_key(file: Messy, key: str) -> bool:
    """Whether this is the cell that tells rows apart, which is never sure."""
    table, _, column = key.partition("[")
    return bool(column) and key.endswith(f"].{file.dictionary.tables[table].key}")


class TestVerdict:
    FILE = Messy(
        name="表.xlsx",
        kind="xlsx",
        seed=0,
        content=b"",
        department="某局",
        year=2023,
        dictionary=Dictionary(),
        truth={"编制数": Quantity.of(68), "在职人员数": Quantity.of(65)},
        unsure=frozenset({"在职人员数", "收入"}),
        decoys=(Decoy(like="编制数", value=Quantity.of(70), why="last year's column"),),
        mess=(),
        traps={},
        layouts={},
    )

    def test_finds_a_sure_value_right(self) -> None:
        assert judge(self.FILE, [("编制数", Quantity.of(68))]).right == {"编制数"}

    def test_finds_a_sure_value_missed(self) -> None:
        assert judge(self.FILE, []).missed == {"编制数"}

    def test_counts_a_value_that_was_asked_about_as_asked(self) -> None:
        verdict = judge(self.FILE, [("编制数", Quantity.of(68))], asked={"编制数"})
        assert verdict.asked == {"编制数"}

    def test_names_the_decoy_that_was_taken(self) -> None:
        verdict = judge(self.FILE, [("编制数", Quantity.of(70))])
        assert [wrong.why for wrong in verdict.wrong] == ["last year's column (编制数)"]

    def test_lets_an_unsure_value_be_taken_when_it_is_true(self) -> None:
        assert judge(self.FILE, [("在职人员数", Quantity.of(65))]).wrong == ()

    def test_refuses_an_unsure_value_that_is_not_true(self) -> None:
        assert judge(self.FILE, [("在职人员数", Quantity.of(66))]).wrong != ()

    def test_refuses_any_value_where_nobody_can_tell(self) -> None:
        assert judge(self.FILE, [("收入", Quantity.of(1))]).wrong != ()

    def test_does_not_call_two_unlike_values_silent(self) -> None:
        taken = [("编制数", Quantity.of(68)), ("编制数", Quantity.of(70))]
        verdict = judge(self.FILE, taken)
        assert not verdict.wrong
        assert verdict.asked == {"编制数"}

    def test_refuses_what_the_file_does_not_state(self) -> None:
        stranger = replace(self.FILE, unsure=frozenset())
        assert judge(stranger, [("支出", Quantity.of(1))]).wrong != ()
