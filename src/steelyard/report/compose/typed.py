"""Numbers that were typed in narrative (手写的数), where a reference should stand.

A typed number moves with nothing: when the fact changes, it stays. It is
reported, with the data item that has the same value when there is one. Years,
dates, document numbers and names of things are not numbers in this sense.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from steelyard.evaluation.evaluation import Outcome
from steelyard.measure.number import MOST_DIGITS, read_number
from steelyard.measure.quantity import Quantity
from steelyard.report.compose.passage import Piece

_NOT_NUMBERS = re.compile(
    r"《[^》]*》"  # titles of documents
    r"|[〔\[（(]\s*\d{4}\s*[〕\]）)]\s*\d*\s*号?"  # 〔2020〕10号
    r"|\d{4}\s*[-—～~至]\s*\d{4}\s*年?"  # 2021—2025年
    r"|\d{4}\s*年(?:度|初|末|底)?(?:\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?)?"
    r"|\d{1,2}\s*月(?:\s*\d{1,2}\s*日|底|初|末|份)?"
    r"|第\s*\d+\s*(?:条|款|项|次|届|批|期|题|季度|号)"
    r"|[（(]\s*\d{1,2}\s*[）)]"  # ordinals
    r"|(?:^|(?<=。))\d{1,2}[.．、](?!\d)"
    r"|(?:表|图|附件|附表)\s*\d+"
)
_NUMBER = re.compile(
    r"(?P<digits>[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?)"
    r"\s*(?P<unit>%|％|万元|亿元|元|万吨|吨|户|个|人|项|家|份|亩)?"
)


@dataclass(frozen=True, slots=True)
class Typed:
    """A number that somebody typed (手写的数)."""

    number: str
    where: str
    items: tuple[str, ...] = ()
    """Data items of the same value, to one of which it should refer."""

    def __str__(self) -> str:
        """Say what was typed, and what to do."""
        named = " 或 ".join(f"“{{{{ {item} }}}}”" for item in self.items[:3])
        mend = (
            f"可改为{named}，数据变动时随之更新。"
            if named
            else "没有数据项与它相等；请登记为数据项再引用，或确认它不是评价数据。"
        )
        return f"{self.where}：手写的数“{self.number}”没有引用。{mend}"


def typed_numbers(piece: Piece, where: str, outcome: Outcome) -> Iterator[Typed]:
    """Yield the numbers typed in a piece of narrative.

    Args:
        piece: Any piece; a table is looked at cell by cell.
        where: File and line of the piece.
        outcome: For data items of the same value.
    """
    lines = [piece.spans, *(cell for row in piece.rows for cell in row)]
    names = _names(outcome)
    for spans in lines:
        for span in spans:
            if span.kind != "text" or re.search("[0-9]", span.text) is None:
                continue
            text = span.text
            for name in names:
                text = text.replace(name, "、" * len(name))
            text = _NOT_NUMBERS.sub(lambda match: "、" * len(match[0]), text)
            for match in _NUMBER.finditer(text):
                unit = (match["unit"] or "").replace("％", "%")
                yield Typed(match[0].strip(), where, _same(match["digits"], unit, outcome))


def _names(outcome: Outcome) -> tuple[str, ...]:
    """Return names of rows that hold digits: projects are called for their year."""
    tables = outcome.evaluation.ledger.tables.values()
    found = {
        name
        for table in tables
        for row in table.rows
        if isinstance(name := row.cell("名称"), str) and any(c.isdigit() for c in name)
    }
    return tuple(sorted(found, key=len, reverse=True))


def _same(digits: str, unit: str, outcome: Outcome) -> tuple[str, ...]:
    """Return the data items of this value, in this unit when one is written."""
    if len(digits) > MOST_DIGITS:
        return ()
    value = read_number(digits).value
    return tuple(
        name
        for name, fact in outcome.evaluation.ledger.facts.items()
        if isinstance(fact.value, Quantity)
        and fact.value.amount == value != Fraction(0)
        and unit in ("", fact.value.unit.name)
    )
