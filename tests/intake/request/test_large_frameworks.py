"""A framework of hundreds of items and many tables: asked and read back quickly."""

from __future__ import annotations

import time
from fractions import Fraction
from pathlib import Path

import pytest
from tests.intake.request.department import asked, dictionary, read, values

from steelyard.facts.dictionary import Dictionary
from steelyard.facts.ledger import Fact, Ledger, Table, TableRow
from steelyard.intake.request.workbook import request_workbook
from steelyard.measure.quantity import Quantity, Value
from steelyard.measure.units import unit_named

ITEMS, GOALS, TABLES, COLUMNS, ROWS = 300, 40, 20, 10, 60

MOST_SECONDS = 12
"""Of the processor, for asking and reading back together; it takes a quarter of them."""


@pytest.fixture
def known(tmp_path: Path) -> Dictionary:
    kinds = ('unit = "万元"', 'unit = "%"', 'kind = "文字"', 'kind = "是否"')
    items = [
        f'[[item]]\nname = "数据{n}"\n{kinds[n % 4]}\nmeaning = "{"口径" * (n % 60)}"\n'
        for n in range(ITEMS)
    ]
    goals = [f'[[goal]]\nname = "目标{n}"\nunit = "户"\n' for n in range(GOALS)]
    tables = [
        f'[[table]]\nname = "表{n}"\nkey = "编号"\n[[table.column]]\nname = "编号"\nkind = "文字"\n'
        + "".join(f'[[table.column]]\nname = "列{c}"\nunit = "元"\n' for c in range(COLUMNS))
        for n in range(TABLES)
    ]
    return dictionary(tmp_path, "\n".join([*items, *goals, *tables]))


@pytest.fixture
def has(known: Dictionary) -> Ledger:
    facts: dict[str, Fact] = {}
    for number, item in enumerate(known.items.values()):
        value: Value = Quantity.of(Fraction(number * 37 + 1, 4), item.unit)
        if item.kind.value == "文字":
            value = item.choices[0] if item.choices else f"文字{number}"
        facts[item.name] = Fact(item.name, value)
    yuan = unit_named("元")
    tables = {
        name: Table(
            name,
            tuple(
                TableRow(
                    f"{row:03d}",
                    {
                        "编号": f"{row:03d}",
                        **{
                            f"列{c}": Quantity.of(Fraction(row * c, 8), yuan)
                            for c in range(COLUMNS)
                        },
                    },
                )
                for row in range(ROWS)
            ),
        )
        for name in known.tables
    }
    return Ledger(known, facts, tables)


class TestALargeFramework:
    def test_is_asked_and_read_back_whole_and_quickly(self, known: Dictionary, has: Ledger) -> None:
        begun = time.process_time()
        request = asked(known, has)
        seen = read(request_workbook(request, request.shares[0]), known)
        assert time.process_time() - begun < MOST_SECONDS
        assert len(seen.sightings) == ITEMS + 2 * GOALS + TABLES * ROWS * (COLUMNS + 1)
        assert seen.mistakes == []
        found = values(seen)
        assert all(found[name] == fact.value for name, fact in has.facts.items())
        assert found["表19[059].列9"] == Quantity.of(Fraction(59 * 9, 8), unit_named("元"))
