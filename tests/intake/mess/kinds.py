"""The kinds of mess that departments make, and the clerk who makes them.

Each file is filled in by one clerk with a few habits. The clerk draws from a
seed, so that a file can be made again, and remembers which habits showed.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from enum import StrEnum
from typing import Literal, TypeVar

Drawn = TypeVar("Drawn")
FileKind = Literal["xlsx", "docx", "pdf"]


class Mess(StrEnum):
    """One kind of mess (乱象)."""

    # How units are said.
    UNIT_SWITCHED = "amounts in 元, 千元 or 亿元"
    UNITS_PER_COLUMN = "another unit in each column"
    UNITS_PER_ROW = "another unit in each row"
    UNIT_IN_CELL = "unit behind the number"
    UNIT_IN_LABEL = "unit in brackets behind the label"
    UNIT_IN_HEADER = "unit in the header"
    UNIT_IN_LINE = "unit line above the table"
    UNIT_IN_COLUMN = "column of units"
    UNIT_IN_TITLE = "unit in the title"
    UNIT_IN_NOTE = "unit in a note below the table"
    UNIT_IN_FORMAT = "unit in the number format only"
    NO_UNIT = "no unit anywhere"
    UNIT_CLASH = "a cell with another unit than its place"

    # How figures are written.
    TEXT_NUMBERS = "numbers stored as text"
    WIDE_DIGITS = "full-width digits"
    THOUSANDS = "thousands separators"
    SPACED_THOUSANDS = "spaces as thousands separators"
    SPACES_AROUND = "spaces around numbers"
    WIDE_MINUS = "another minus sign"
    ROUNDED_DISPLAY = "format shows fewer decimals than are stored"
    SCALED_DISPLAY = "format shows a ten-thousandth of what is stored"
    BINARY_RESIDUE = "residue of binary arithmetic"
    FORMULAS = "formulas"
    ERROR_CELLS = "formulas that failed"
    PERCENT_FORMAT = "per cent by number format"
    PERCENT_AS_SHARE = "per cent as a share without a sign"
    DATE_FORMS = "dates in many forms"
    DATE_DOUBTS = "dates that leave a doubt"
    TICKS = "ticks and crosses"
    DASHES = "many marks for not applicable"
    NOTHING_WORD = "无 for a figure"
    BLANK_CELLS = "blank cells"
    SIGN_WORDS = "signs and words of comparison"
    GOAL_DOUBTS = "goal figures that are none"
    TRACKED_CHANGES = "tracked changes"

    # How labels are written.
    LABEL_WRITING = "labels written another way"
    ALIASES = "aliases of the dictionary"
    NEAR_SYNONYMS = "labels that are nearly the name"
    YEAR_IN_LABEL = "year before the label"
    BILINGUAL = "headers in two languages"
    MEANINGS = "a column that explains the items"

    # How tables are built.
    MERGED_HEADER = "merged header bands"
    MERGED_VALUES = "values merged over rows"
    MOVED = "table not in the corner"
    REPEATED_HEADER = "header repeated among the rows"
    COLUMN_NUMBERS = "row or column of running numbers"
    SPLIT = "table continued elsewhere"
    BLANK_ROWS = "empty rows inside"
    NOTE_ROWS = "notes among the rows"
    SECTION_ROWS = "section headings among the rows"
    TOTAL_ROWS = "totals among the rows"
    OF_WHICH_ROWS = "其中 rows"
    EXTRA_COLUMNS = "further columns"
    LAST_YEAR_COLUMN = "column of last year"
    LAST_YEAR_FIRST = "last year before this year"
    CUMULATIVE_COLUMN = "column of the months so far"
    PART_COLUMNS = "columns of parts"
    PLAN_COLUMN = "budget beside outcome"
    SIDE_BY_SIDE = "tables side by side"
    LOST_COLUMNS = "columns left out"
    LOST_TITLE = "no title"
    LOST_KEY = "no key column"
    RESTARTED_KEYS = "keys that begin again"

    # What else stands there.
    LOOKALIKES = "items that only look like ours"
    OTHER_YEAR = "the same table for last year"
    OTHER_DEPARTMENT = "the same table of another department"
    ROSTER = "a row for each department"
    FOREIGN_TABLE = "a table of something else"
    PROJECT_FORM = "the form of one project"
    FILLING_GUIDE = "instructions with examples"
    PROSE = "sentences with figures"
    SAID_TWICE = "said twice alike"
    CONTRADICTION = "said twice unlike"
    HIDDEN_ROWS = "hidden rows"
    HIDDEN_COLUMNS = "hidden columns"
    HIDDEN_SHEET = "hidden sheet"
    COMMENTS = "comments"
    PAINT = "bold and colour"
    SHEET_NAMES = "sheet names that say nothing"
    STRANGE_DRAWING = "pages drawn in a strange order"


_WAYS_OF_SAYING_UNITS = frozenset(
    {
        Mess.UNIT_IN_CELL,
        Mess.UNIT_IN_LABEL,
        Mess.UNIT_IN_HEADER,
        Mess.UNIT_IN_LINE,
        Mess.UNIT_IN_COLUMN,
        Mess.UNIT_IN_TITLE,
    }
)
"""Every file says its units in some way: these are recorded, not drawn."""

_WORKBOOK = frozenset(
    {
        Mess.TEXT_NUMBERS,
        Mess.ROUNDED_DISPLAY,
        Mess.SCALED_DISPLAY,
        Mess.UNIT_IN_FORMAT,
        Mess.BINARY_RESIDUE,
        Mess.FORMULAS,
        Mess.ERROR_CELLS,
        Mess.PERCENT_FORMAT,
        Mess.MOVED,
        Mess.SIDE_BY_SIDE,
        Mess.HIDDEN_ROWS,
        Mess.HIDDEN_COLUMNS,
        Mess.HIDDEN_SHEET,
        Mess.COMMENTS,
        Mess.SHEET_NAMES,
    }
)
_ONLY: dict[Mess, frozenset[str]] = {
    **{mess: frozenset({"xlsx"}) for mess in _WORKBOOK},
    Mess.TRACKED_CHANGES: frozenset({"docx"}),
    Mess.STRANGE_DRAWING: frozenset({"pdf"}),
    Mess.PROSE: frozenset({"docx", "pdf"}),
}

_RARE = frozenset(
    {
        Mess.UNIT_IN_NOTE,
        Mess.UNIT_IN_FORMAT,
        Mess.NO_UNIT,
        Mess.UNIT_CLASH,
        Mess.SCALED_DISPLAY,
        Mess.ERROR_CELLS,
        Mess.PERCENT_AS_SHARE,
        Mess.SPACED_THOUSANDS,
        Mess.DATE_DOUBTS,
        Mess.NOTHING_WORD,
        Mess.GOAL_DOUBTS,
        Mess.RESTARTED_KEYS,
        Mess.LOST_KEY,
        Mess.CONTRADICTION,
    }
)
"""What leaves doubts: most files of a department can be taken without a question."""

_COMMON = frozenset(
    {
        Mess.UNIT_SWITCHED,
        Mess.TEXT_NUMBERS,
        Mess.THOUSANDS,
        Mess.WIDE_DIGITS,
        Mess.PERCENT_FORMAT,
        Mess.DATE_FORMS,
        Mess.DASHES,
        Mess.SIGN_WORDS,
        Mess.LABEL_WRITING,
        Mess.ALIASES,
        Mess.MERGED_HEADER,
        Mess.MOVED,
        Mess.REPEATED_HEADER,
        Mess.SPLIT,
        Mess.NOTE_ROWS,
        Mess.TOTAL_ROWS,
        Mess.EXTRA_COLUMNS,
        Mess.LAST_YEAR_COLUMN,
        Mess.LOOKALIKES,
        Mess.OTHER_YEAR,
        Mess.FORMULAS,
        Mess.BINARY_RESIDUE,
        Mess.ROUNDED_DISPLAY,
        Mess.SIDE_BY_SIDE,
        Mess.HIDDEN_ROWS,
        Mess.MERGED_VALUES,
    }
)
"""What nearly every department does."""

FEWEST, MOST = 6, 14
"""Habits of one clerk; not every one finds an occasion."""


class Clerk:
    """Who fills in a file (填表人): draws everything from one seed."""

    def __init__(self, seed: int, kind: FileKind) -> None:
        self.kind: FileKind = kind
        self.chance = random.Random(f"{kind}-{seed}")
        possible = [
            mess
            for mess in Mess
            if mess not in _WAYS_OF_SAYING_UNITS and kind in _ONLY.get(mess, {kind})
        ]
        weights = [0.7 if m in _RARE else 2.5 if m in _COMMON else 1.0 for m in possible]
        wanted = self.chance.randint(FEWEST, MOST)
        self.habits: set[Mess] = set()
        while len(self.habits) < wanted:
            self.habits.add(self.chance.choices(possible, weights)[0])
        self.made: dict[Mess, int] = {}
        """Which kinds showed, and how often."""

    @property
    def workbook(self) -> bool:
        """Tell whether cells store more than they show."""
        return self.kind == "xlsx"

    def odds(self, share: float) -> bool:
        """Draw true in that share of cases."""
        return self.chance.random() < share

    def pick(self, choices: Sequence[Drawn]) -> Drawn:
        """Draw one of several."""
        return self.chance.choice(choices)

    def some(self, choices: Sequence[Drawn], count: int) -> list[Drawn]:
        """Draw several, each once, in their order."""
        places = sorted(self.chance.sample(range(len(choices)), min(count, len(choices))))
        return [choices[place] for place in places]

    def does(self, mess: Mess, share: float = 1.0) -> bool:
        """Tell whether the clerk makes this mess here; if so, it is remembered."""
        if mess not in self.habits or not self.odds(share):
            return False
        self.note(mess)
        return True

    def last_year_first(self) -> bool:
        """Tell whether last year stands before this year: people do both."""
        if not self.does(Mess.LAST_YEAR_FIRST) and not self.odds(0.3):
            return False
        self.note(Mess.LAST_YEAR_FIRST)
        return True

    def note(self, mess: Mess) -> None:
        """Remember that a mess was made."""
        self.made[mess] = self.made.get(mess, 0) + 1
