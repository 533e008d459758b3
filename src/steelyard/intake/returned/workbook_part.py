"""The part that lists the sheets of a workbook (工作簿部件), added to in place.

A sheet is added behind the others: names, macros and formulas that count sheets
from the front still find theirs.
"""

from __future__ import annotations

from dataclasses import dataclass

from steelyard.intake.reading.sheets.sheet import Range
from steelyard.intake.returned.book import Book
from steelyard.intake.returned.cells import absolute
from steelyard.intake.returned.spliced import Node, Splices, quoted, written

FILTER, HEADS = "_xlnm._FilterDatabase", "_xlnm.Print_Titles"

_BEFORE_NAMES = ("sheets", "functionGroups", "externalReferences")


@dataclass(frozen=True, slots=True)
class BuiltIn:
    """A name that programs expect for a setting of a sheet (内置名称)."""

    name: str
    sheet: int
    """Which sheet, counted from 0."""
    title: str
    """The name of that sheet."""
    area: Range

    def text(self) -> str:
        """Return what it stands for."""
        where = absolute(self.area)
        if self.name == HEADS:
            where = f"${self.area[0] + 1}:${self.area[2] + 1}"
        title = self.title.replace("'", "''")
        return f"'{title}'!{where}"


def register(book: Book, title: str, relation: str, names: list[BuiltIn]) -> None:
    """Put a sheet at the end of a workbook, and set names.

    Args:
        book: The workbook.
        title: What the sheet is called.
        relation: Of the workbook to the sheet.
        names: A name that is there already is given its new range.
    """
    content, root, p = book.read(book.main), book.root, book.root.prefix
    splices = Splices()
    sheets = root.child("sheets")
    numbers = [
        int(number[:9])
        for node in (sheets.children if sheets else ())
        if (number := node.attributes.get("sheetId", "")).isdecimal()
    ]
    tag = (
        f'<{p}sheet name="{quoted(title)}" sheetId="{max(numbers, default=0) + 1}"'
        f' xmlns:r="{book.office_space}" r:id="{relation}"/>'
    ).encode()
    if sheets is not None:
        splices.append(content, sheets, tag)
    listed = root.child("definedNames")
    there = {_key(node): node for node in listed.children} if listed else {}
    new = ""
    for each in names:
        node = there.get((each.name.lower(), str(each.sheet)))
        if node is not None and not node.closed:
            splices.replace(node.inside, node.close, written(each.text()).encode())
            continue
        hidden = ' hidden="1"' if each.name == FILTER else ""
        new += (
            f'<{p}definedName name="{each.name}" localSheetId="{each.sheet}"{hidden}>'
            f"{written(each.text())}</{p}definedName>"
        )
    if listed is not None:
        splices.append(content, listed, new.encode())
    elif new:
        block = f"<{p}definedNames>{new}</{p}definedNames>".encode()
        ends = [node.end for tag_ in _BEFORE_NAMES if (node := root.child(tag_)) is not None]
        splices.put(max(ends, default=root.inside), block)
    book.put(book.main, splices.applied(content))


def _key(node: Node) -> tuple[str, str]:
    return node.attributes.get("name", "").lower(), node.attributes.get("localSheetId", "")
