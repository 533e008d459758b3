"""A faulty workbook as it goes back (退回副本), and the list for any other file.

Values, formulas and all that the sender laid out stay. Added are a ground and a
comment on each cell that is spoken of, a column 错误信息 that can be filtered, and
the sheet 错误清单 behind the others. Macros are kept and never run, links to other
files are kept and never followed.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import starmap

from steelyard.files import packages
from steelyard.intake.reading.sheets.sheet import AGAIN, Unusable
from steelyard.intake.reading.unreadable import Unreadable
from steelyard.intake.returned.book import MAIN, OFFICE, PACKAGE, Book
from steelyard.intake.returned.listing import Line, Listing, free_name
from steelyard.intake.returned.marked_sheet import Spoken, mark_sheet
from steelyard.intake.returned.marks import MOST_MARKS, Mark, marks_of
from steelyard.intake.returned.styles import Styles, empty_styles
from steelyard.intake.returned.workbook_part import FILTER, HEADS, BuiltIn, register
from steelyard.intake.sighting import Mistake, Question

_EMPTY = {
    "[Content_Types].xml": (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.spreadsheetml.sheet.main+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1"'
        f' Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}"><sheets></sheets></workbook>',
}
"""A package without sheets, to which the list is added."""


def annotated_copy(
    content: bytes, mistakes: Sequence[Mistake], questions: Sequence[Question] = ()
) -> bytes:
    """Return a copy of a workbook in which what is wrong is marked and explained (退回副本).

    The same input gives the same bytes. A workbook about which nothing is said
    comes back as it is.

    Args:
        content: A workbook in the format of Excel 2007 and later (.xlsx, .xlsm);
            the copy is of the same kind.
        mistakes: What cannot be right, on red ground. Those whose place names
            another file, by its digest, are passed over.
        questions: What only a person can decide, on yellow ground.

    Raises:
        Unreadable: The bytes are no such workbook, are damaged or too large, or
            the workbook is laid out so that nothing can be put in its place;
            :func:`error_list` says the same things in a file of its own.
    """
    marks = marks_of(mistakes, questions, sha256=hashlib.sha256(content).hexdigest())
    if not marks:
        return content
    file = marks[0].place.file
    try:
        return _annotated(Book(content), marks)
    except Unusable as error:
        raise Unreadable(file, error.why, error.mend) from error
    except packages.Unusable as error:
        raise Unreadable(file, str(error), AGAIN) from error


def error_list(mistakes: Sequence[Mistake], questions: Sequence[Question] = ()) -> bytes:
    """Return a workbook with nothing but the sheet 错误清单, for files of any kind (错误清单).

    The same input gives the same bytes.

    Args:
        mistakes: What cannot be right.
        questions: What only a person can decide.
    """
    marks = marks_of(mistakes, questions)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in _EMPTY.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, text)
    book = Book(out.getvalue())
    lines = [Line(mark) for mark in marks[:MOST_MARKS]]
    _add_list(book, _styles(book), Listing(lines, len(marks) - len(lines)), [])
    return book.saved()


def _annotated(book: Book, marks: list[Mark]) -> bytes:
    kept = marks[:MOST_MARKS]
    styles = _styles(book)
    numbers = {sheet.name: number for number, sheet in reversed(list(enumerate(book.sheets)))}
    # Two sheets may be one part: what is said of either is written there once.
    by_part: dict[str, list[Mark]] = defaultdict(list)
    for mark in kept:
        number = numbers.get(mark.place.sheet)
        if number is not None and mark.cell is not None and book.sheets[number].part:
            by_part[book.sheets[number].part].append(mark)
    spoken: dict[str, Spoken] = {}
    names: list[BuiltIn] = []
    shared = Counter(sheet.part for sheet in book.sheets)
    for part, said in by_part.items():
        spoken[part] = mark_sheet(book, styles, part, said)
        number = numbers[said[0].place.sheet]
        area = spoken[part].filtered
        if area is not None and shared[part] == 1:
            names.append(BuiltIn(FILTER, number, book.sheets[number].name, area))
    lines = [_line(book, numbers, spoken, mark) for mark in kept]
    order = {id(line): at for at, line in enumerate(lines)}
    lines.sort(
        key=lambda line: (
            numbers.get(line.mark.place.sheet, -1),
            line.mark.cell or (-1, -1),
            order[id(line)],
        )
    )
    _add_list(book, styles, Listing(lines, len(marks) - len(kept), coloured=True), names)
    return book.saved()


def _line(book: Book, numbers: dict[str, int], spoken: dict[str, Spoken], mark: Mark) -> Line:
    number = numbers.get(mark.place.sheet)
    if number is None:
        return Line(mark, note="文件中没有这张表" if mark.place.sheet else "")
    sheet = book.sheets[number]
    if not sheet.part:
        return Line(mark, note="不是单元格表")
    if sheet.hidden:
        return Line(mark, note="工作表已隐藏")
    if mark.cell is None:
        return Line(mark, (0, 0), linked=True)
    said = spoken[sheet.part]
    shown = said.shown[mark.cell]
    return Line(mark, shown, linked=True, note=said.notes.get(shown, ""))


def _styles(book: Book) -> Styles:
    part = next((part for kind, part in book.beside.values() if kind == "styles"), "")
    there = part in book.parts
    return Styles(book.read(part) if there else empty_styles(book.main_space), book.gauge)


def _add_list(book: Book, styles: Styles, listing: Listing, names: list[BuiltIn]) -> None:
    title = free_name(book)
    spaces = (book.main_space, book.office_space)
    part = book.add("worksheet", "worksheets", "sheet", ".xml", listing.xml(styles, spaces))
    number, area = len(book.sheets), listing.filters
    own = starmap(
        BuiltIn, [(FILTER, number, title, area), (HEADS, number, title, (area[0], 0, area[0], 0))]
    )
    register(book, title, book.relate(book.main, "worksheet", part), [*names, *own])
    there = next((part for kind, part in book.beside.values() if kind == "styles"), "")
    if there in book.parts:
        book.put(there, styles.saved())
    else:
        made = book.add("styles", "", "styles", ".xml", styles.saved())
        book.relate(book.main, "styles", made)
