"""A self-evaluation report in words (自评报告): one statement of funds a project.

“全年预算数35万元（其中：财政拨款资金35万元），全年执行数35万元，执行率92%。” Only
this sentence is read, and what follows it up to the next one.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from steelyard.intake.reading.document import Document, Paragraph, Role
from steelyard.intake.self_evaluation.entry import Entry, entry_of
from steelyard.intake.self_evaluation.form import FundRow, SelfEvaluation
from steelyard.intake.sighting import Place, place_of
from steelyard.measure.units import PLAIN, UNITS

_AMOUNT = r"(?P<{name}>[\d,]+(?:\.\d+)?)(?P<{name}_unit>[万亿]?元)?"
_FUNDS = re.compile(
    "(?:全年预算数|全年预算|预算数)(?:为|是)?"
    + _AMOUNT.format(name="budget")
    + r"(?:[(（](?:其中[:：])?(?P<parts>[^()（）]{0,200})[)）])?[,，;；。]"
    + "(?:全年执行数|全年执行|执行数)(?:为|是)?"
    + _AMOUNT.format(name="spent")
    + r"[,，;；。](?P<kind>执行率|预算执行率|预算完成率)(?:为|是|达)?(?P<rate>[\d.]+[%％]?)"
)
_PART = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,16}?)(?P<amount>[\d,]+(?:\.\d+)?)(?P<unit>[万亿]?元)?(?=[,，、;；]|$)"
)
_NUMBERED = re.compile(r"(?:^|[\n。])\s*\d{1,2}[.．、](?=\s*(?:(?:19|20)\d\d年|\D))")
_FIELD = re.compile(r"(?:^|[\n。])\s*[(（]?[1-9一二三四五六][)）.、]?\s*资金使用情况[:：]?\s*$")
_REASON = re.compile(
    r"(?:未完成|偏差)原因(?:分析)?[:：](?P<why>.*?)(?=\n\s*\d{1,2}[.．、]|\n\s*[(（]|\n[一二三四五六七八九十]、|$)",
    re.DOTALL,
)
_RANGE = re.compile(
    r"(?P<about>[\u4e00-\u9fff、]{2,20})(?P<range>(?:≥|>=|≧|＞)\s*[\d,.]+\s*(?:%|％|[\u4e00-\u9fff]{1,2})?)"
)
_ABOUT_SELF = re.compile(r"自评")
_END = re.compile(r"\n[一二三四五六七八九十]{1,3}、|\n[(（][一二三四五六七八九十]{1,3}[)）]|\n附件")


@dataclass
class _Text:
    """The words of a report in one string, with where each paragraph begins."""

    document: Document
    text: str = ""
    starts: list[int] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)

    def add(self, paragraph: Paragraph) -> None:
        self.starts.append(len(self.text))
        self.paragraphs.append(paragraph)
        # Flat text has blanks between words and figures; offsets serve to find the paragraph.
        self.text += re.sub(r"\s+", "", paragraph.words.text) + "\n"

    def place(self, offset: int, section: str) -> Place:
        """Return the place of a character, named after the section that it stands in."""
        index = max(bisect.bisect_right(self.starts, offset) - 1, 0)
        paragraph = self.paragraphs[index]
        spot = paragraph.words.spot_at(offset - self.starts[index])
        return place_of(self.document, spot, table=section[:40])


def read_narrative(document: Document) -> Iterator[SelfEvaluation]:
    """Yield the statements of funds in the parts of a document that are self-evaluations.

    Args:
        document: As it was read; in a longer paper only what stands under a heading
            that speaks of 自评 is read.
    """
    for text in _reports(document):
        yield from _statements(text)


def _reports(document: Document) -> Iterator[_Text]:
    own = bool(_ABOUT_SELF.search(document.name))
    current = _Text(document) if own else None
    level = 0
    for block in document.blocks:
        if not isinstance(block, Paragraph) or block.role in (Role.CONTENTS, Role.NOTE):
            continue
        said = block.words.text.strip()
        opens = len(said) <= 60 and bool(_ABOUT_SELF.search(said))
        if current is None:
            if opens and (block.role is Role.HEADING or said.endswith("自评报告")):
                current, level = _Text(document), block.level or 1
                current.add(block)
        elif not own and said.startswith("附件") and block.role is Role.HEADING and not opens:
            yield current
            current = None
        elif not own and level > 1 and block.role is Role.HEADING and block.level <= level:
            yield current
            current = None
            if opens:
                current, level = _Text(document), block.level
                current.add(block)
        else:
            current.add(block)
    if current is not None:
        yield current


def _statements(text: _Text) -> Iterator[SelfEvaluation]:
    found = list(_FUNDS.finditer(text.text))
    before = 0
    for number, match in enumerate(found):
        end = found[number + 1].start() if number + 1 < len(found) else len(text.text)
        yield _statement(text, match, before, end)
        before = match.end()


def _statement(text: _Text, match: re.Match[str], before: int, end: int) -> SelfEvaluation:
    lead = text.text[before : match.start()]
    opening = _FIELD.search(lead)
    heading = _name(lead[: opening.start()]) if opening else None
    section = heading[0] if heading else "资金使用情况" if opening else "部门整体支出"
    place = text.place(match.start(), section)
    unit_name = match["budget_unit"] or match["spent_unit"]
    unit = UNITS[unit_name] if unit_name else PLAIN
    read = SelfEvaluation(opening is not None, unit=unit)
    if heading is not None:
        at = text.place(before + heading[1], section)
        read.name = Entry(heading[0], at)
    cells = {
        "全年预算数": _amount(match, "budget", place, match["budget_unit"] or ""),
        "全年执行数": _amount(match, "spent", place, match["spent_unit"] or unit_name or ""),
        "执行率": entry_of(match["rate"], place),
    }
    read.total = FundRow("", False, cells)
    for part in _PART.finditer(match["parts"] or ""):
        # Where one amount of a bracket has its unit and another none, they share it.
        name = part["unit"] or unit_name or ""
        said = entry_of(f"{part['amount']}{name}", place)
        amount = Entry(part[0], place, said.value)
        read.parts.append(FundRow(part["name"], True, {"全年预算数": amount}))
    rest = _until_end(text.text[match.end() : end])
    why = _REASON.search(rest)
    if why is not None:
        said_why = re.sub(r"\s+", "", why["why"])
        read.reason = Entry(said_why, text.place(match.end() + why.start("why"), section))
    for each in _RANGE.finditer(rest):
        offset = match.end() + each.start()
        entry = entry_of(each["range"], text.place(offset, section))
        read.results.append(Entry(each[0], entry.place, entry.value, entry.sign))
    return read


def _amount(match: re.Match[str], name: str, place: Place, unit: str) -> Entry:
    read = entry_of(f"{match[name]}{unit}", place)
    said = match[name] + (match[f"{name}_unit"] or "")
    return Entry(said, place, read.value)


def _name(lead: str) -> tuple[str, int] | None:
    """Return the name of the project that a statement follows, and where it stands."""
    numbered = list(_NUMBERED.finditer(lead))
    if not numbered:
        return None
    start = numbered[-1].end()
    name = re.sub(r"\s+", "", lead[start:]).strip("。")
    return (name, start) if 0 < len(name) <= 120 else None


def _until_end(rest: str) -> str:
    """Return what follows a statement, up to the next section of the report."""
    end = _END.search(rest)
    return rest[: end.start()] if end else rest
