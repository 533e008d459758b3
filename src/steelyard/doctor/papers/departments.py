"""Whose papers are checked together (所属单位).

Papers of two departments that are checked as one agree in nothing; whoever took
the wrong file along is told before he reads a hundred contradictions.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence

from steelyard.intake.reading.document import Document, Paragraph, Table

_FIRST = 40
"""Blocks at the front of a paper in which it says whose it is."""

_BODY = "局|委员会|委|厅|办公室|中心|院|学校|中学|小学|大学|政府|法院|检察院|协会|馆|站|所|队|处|会"
_NAME = re.compile(rf"[\u4e00-\u9fff（）]{{2,30}}(?:{_BODY})")
_LABEL = re.compile(
    r"(?:被评价(?:单位|部门|项目单位)|(?:预算)?(?:部门|单位)(?:[（(](?:单位|部门)[）)])?(?:名称|全称)"
    r"|主管部门|预算单位|填报单位|项目实施单位|实施单位)"
)
_TITLE = re.compile(
    rf"(?P<name>[\u4e00-\u9fff]{{2,30}}?(?:{_BODY}))(?:关于)?(?=20\d\d|二〇|部门|单位|整体|项目|预算|$)"
)
_IS_TITLE = re.compile(r"绩效|整体支出|决算|预算|自评")
_PLACE = re.compile(r"^.*[省州市县区旗盟镇乡]")
_UNNAMED = 1
_OTHERS = re.compile(r"财政|会计师|咨询|评价机构|委托")


def department_of(document: Document) -> str:
    """Return the name of the department that a paper is about, empty where it does not say."""
    for text, value in _labelled(document):
        if _LABEL.fullmatch(text) and _NAME.fullmatch(value):
            return value
    lines = [text for text in _lines(document) if len(text) <= 60]
    for line, after in itertools.pairwise([*lines, ""]):
        found = _TITLE.match(line)
        if found and not _OTHERS.search(line) and _IS_TITLE.search(line + after):
            return found["name"]
    return ""


def of_several(documents: Sequence[Document], case: str = "") -> str:
    """Return a warning where papers are of different departments, else nothing.

    Args:
        documents: What is checked together.
        case: The department of the evaluation folder, where one was given.
    """
    named = [(document.name, department_of(document)) for document in documents]
    if case:
        named.append(("评价文件夹", case))
    known = [(file, name) for file, name in named if name]
    first = known[0] if known else ("", "")
    other = next((each for each in known[1:] if not _same(first[1], each[1])), None)
    if other is None:
        return ""
    return (
        f"这些文件像是不同单位的（{first[0]}：{first[1]}；{other[0]}：{other[1]}），"
        "所列的不一致可能由此而来。请核对是否给错了文件；要逐份检查，请加 --each。"
    )


def _same(one: str, other: str) -> bool:
    """Say whether two names can be one department, written in full and in short."""
    if one.endswith(other) or other.endswith(one):
        return True
    places = [_place(one), _place(other)]
    if one.removeprefix(places[0]) != other.removeprefix(places[1]):
        return False
    # 黔南州 is 黔南布依族苗族自治州; 县 alone, or 某某县, may be any.
    return places[0][:2] == places[1][:2] or any(
        len(place) <= _UNNAMED or "某" in place for place in places
    )


def _place(name: str) -> str:
    """Return the place that a department belongs to, empty where it says none."""
    found = _PLACE.match(name)
    return found[0] if found else ""


def _lines(document: Document) -> Iterator[str]:
    for block in document.blocks[:_FIRST]:
        if isinstance(block, Paragraph):
            yield from filter(None, map(_bare, block.words.text.split("\n")))


def _labelled(document: Document) -> Iterator[tuple[str, str]]:
    """Yield what stands behind a colon, or in the cell behind, with what stands before."""
    for block in document.blocks[:_FIRST]:
        if isinstance(block, Table):
            yield from _cells(block)
        else:
            before, _, after = block.words.text.replace(":", "：").partition("：")
            yield _bare(before), _bare(after)


def _cells(table: Table) -> Iterable[tuple[str, str]]:
    texts = [_bare(cell.words.text) for cell in table.cells[:80]]
    return itertools.pairwise(texts)


def _bare(text: str) -> str:
    return "".join(text.split())
