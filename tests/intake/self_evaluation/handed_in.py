"""Self-evaluations with one thing changed, and what is said of them."""

from __future__ import annotations

from collections.abc import Mapping

from tests.intake.forms.drawn import dictionary, drawn

from steelyard.facts.ledger import Fact, Ledger, Table, TableRow
from steelyard.intake.reading.document import Document, Paragraph, Role, Spot, Words
from steelyard.intake.recognise.pen import Context
from steelyard.intake.self_evaluation.check_forms import check_forms
from steelyard.intake.sighting import Contradiction
from steelyard.measure.quantity import Quantity
from steelyard.measure.units import unit_named
from steelyard.provenance.origin import Origin

DICTIONARY = dictionary("qiannan-2023")
CONTEXT = Context(DICTIONARY, 2023, "某市水务局")
NOTHING = Ledger(DICTIONARY)
WAN = unit_named("万元")
ACCOUNTS = Origin("2023年部门决算", "公开03表 合计行", "4,998.49")
LIST = Origin("项目支出明细表", "第2行")


def money(amount: str) -> Quantity:
    """An amount in 万元, with two decimals."""
    return Quantity.of(int(amount.replace(".", "")), WAN).over(Quantity.of(100))


def ledger(
    facts: Mapping[str, str] | None = None, rows: Mapping[str, str] | None = None
) -> Ledger:  # fmt: skip
    """What the evaluation knows: facts, and outturn by name of the project."""
    known = {
        name: Fact(name, Quantity(money(amount).base, WAN.dimension, WAN, 2), ACCOUNTS)
        for name, amount in (facts or {}).items()
    }
    listed = tuple(
        TableRow(
            str(number),
            {"名称": name, "决算数": Quantity(money(amount).base, WAN.dimension, WAN, 2)},
            LIST,
        )
        for number, (name, amount) in enumerate((rows or {}).items(), start=1)
    )
    tables = {"项目": Table("项目", listed)} if rows else {}
    return Ledger(DICTIONARY, known, tables)


def checked(
    art: str,
    *changes: tuple[str, str],
    kind: str = "docx",
    title: str = "",
    year: str = "2023年度",
    known: Ledger = NOTHING,
) -> list[Contradiction]:
    """What is said of a form after some words in it were changed."""
    for old, new in changes:
        assert art.count(old) == 1, f"“{old}” stands {art.count(old)} times"
        art = art.replace(old, new)
    return check_forms(drawn(art, kind, title=title, year=year), CONTEXT, known)


def words(*lines: str, name: str = "自评报告.docx") -> Document:
    """A report in words; a line that begins with # is a heading."""
    blocks = tuple(
        Paragraph(
            Words(line.lstrip("# "), (Spot(0, line=number),)),
            Role.HEADING if line.startswith("#") else Role.BODY,
            level=len(line) - len(line.lstrip("#")),
        )
        for number, line in enumerate(lines, start=1)
    )
    return Document(name, "docx", "0" * 64, blocks)


def said(found: list[Contradiction]) -> str:
    """All sentences in one text."""
    return "\n".join(each.what for each in found)
