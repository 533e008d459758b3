"""Forms drawn with bars, written as a file of any kind and read again.

A cell that holds ``<`` belongs to the cell on its left, one that holds ``^`` to
the cell above it: merged cells are drawn as a person sees them.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from tests.intake.mess.as_docx import write_docx
from tests.intake.mess.as_pdf import write_pdf
from tests.intake.mess.as_xlsx import write_xlsx
from tests.intake.mess.grid import Block, Cell, Grid, Paper, Row, Sheet

from steelyard.facts.dictionary import Dictionary
from steelyard.facts.load_dictionary import load_dictionary
from steelyard.framework import load as framework
from steelyard.intake.reading.document import Document
from steelyard.intake.reading.read_file import read_content
from steelyard.intake.recognise.pen import Context
from steelyard.intake.recognise.recognise import recognise
from steelyard.intake.sighting import Seen

YEAR = 2023
_WRITERS = {"xlsx": write_xlsx, "docx": write_docx, "pdf": write_pdf}
KINDS = tuple(_WRITERS)
_CATALOGUE = Path(framework.__file__).parent / "catalogue"


def grid(art: str) -> Grid:
    """Return the table that is drawn."""
    lines = [line.strip() for line in art.strip().splitlines() if line.strip()]
    texts = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    width = max(map(len, texts))
    rows: list[Row] = []
    for number, line in enumerate(texts):
        row: Row = {}
        for column, words in enumerate(line):
            if words in ("<", "^"):
                continue
            across = 1
            while column + across < len(line) and line[column + across] == "<":
                across += 1
            down = 1
            while number + down < len(texts) and texts[number + down][column] == "^":
                down += 1
            row[column] = Cell(words=words.replace("/", "\n") if words == "/" else words,
                               rows=down, columns=across)  # fmt: skip
        rows.append(row)
    return Grid(width, rows)


def drawn(
    art: str, kind: str = "docx", *, title: str = "", unit: str = "", year: str = "2023年度"
) -> Document:
    """Return a form as it is read from a file of a kind."""
    lines = [("填报单位：某市水务局", f"单位：{unit}")] if unit else []
    block = Block(grid(art), title=f"{year}{title}" if title else "", lines=lines, wide=True)
    paper = Paper(sheets=[Sheet("附表", blocks=[[block]])])
    return read_content(f"附表.{kind}", _WRITERS[kind](paper))


@cache
def dictionary(name: str) -> Dictionary:
    """Return the dictionary of a framework that is shipped."""
    return load_dictionary(_CATALOGUE / name)


def seen(
    document: Document,
    name: str = "qiannan-2023",
    *,
    known: Mapping[str, Mapping[str, str]] | None = None,
    answers: Mapping[str, str] | None = None,
) -> Seen:
    """Return what is recognised in a document."""
    return recognise(document, Context(dictionary(name), YEAR, "某市水务局", answers or {}), known)


def taken(found: Seen) -> dict[str, str]:
    """Return what was taken, as text by target."""
    return {str(each.target): str(each.value) for each in found.sightings}


def asked(found: Seen) -> set[str]:
    """Return what the questions are about."""
    return {str(target) for each in found.questions for target in each.about}
