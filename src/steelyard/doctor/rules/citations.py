"""Documents that a report cites (引用文件): R20.

One number belongs to one title, one title to one number; what the text relies
on stands in the list of its basis. Short titles are titles too: a notice and
what it sends out are one document.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from steelyard.doctor.finding import Place, Severity
from steelyard.doctor.pen import Pen
from steelyard.doctor.quantities.likeness import bare, overlap
from steelyard.doctor.rules.marks import runs
from steelyard.doctor.view.figure import Figure
from steelyard.doctor.view.view import CASE, View

_ALIKE = 0.5
_LEAST = 8
"""Characters of a title that can be told from others."""
_MOST_PLACES = 6
_APPENDIX = re.compile(r"^附[件录表]\d*[：:、.]?")


@dataclass(frozen=True, eq=False)
class Citation:
    """A document number, with the title before it (引用)."""

    place: Place
    """Title and number."""
    body: str
    year: str
    serial: str
    brackets: str
    figures: tuple[Figure, ...]
    """Year and serial number."""
    title: str = ""
    in_basis: bool = False
    in_appendix: bool = False

    @property
    def number(self) -> str:
        """The number in its proper spelling."""
        return f"{self.body}〔{self.year}〕{self.serial}号"


@dataclass(frozen=True)
class _Words:
    cited: re.Pattern[str]
    sent: re.Pattern[str]
    sends: re.Pattern[str]
    wrapper: re.Pattern[str]
    notice: re.Pattern[str]
    edition: re.Pattern[str]
    basis: re.Pattern[str]


@cache
def _words() -> _Words:
    text = resources.files(__package__).joinpath("citations.toml").read_text(encoding="utf-8")
    terms = tomllib.loads(text)
    return _Words(
        re.compile(f"(?:{terms['title']}（|(?<=（)){terms['number']}"),
        *(
            re.compile(terms[name])
            for name in ("sent", "sends", "wrapper", "notice", "edition", "basis")
        ),
    )


def check(view: View, pen: Pen) -> None:
    """Compare the documents that a report cites with each other."""
    cited = list(_citations(view))
    by_number: dict[str, list[Citation]] = defaultdict(list)
    for each in cited:
        by_number[each.number].append(each)
    for number, same in by_number.items():
        _titles(number, [each for each in same if each.title], pen)
    _numbers(cited, pen)
    _basis(cited, pen)
    _brackets(cited, pen)


def _citations(view: View) -> Iterator[Citation]:
    appendix: set[str] = set()
    for run in runs(each for each in view.passages if each.document.kind != CASE):
        first = run.passages[0]
        if first.is_heading and _APPENDIX.match(first.text):
            appendix.add(first.document.name)
        if "号" not in run.text:
            continue
        for match in _words().cited.finditer(run.text):
            place = run.place(*match.span())
            section = place.passage.section
            yield Citation(
                place,
                body=match["body"],
                year=match["year"],
                serial=match["serial"].lstrip("0"),
                brackets=match["open"] + match["close"],
                figures=tuple(run.figures(match.start("year"), match.end())),
                title=match["title"] or "",
                in_basis=any(_words().basis.search(name) for name in section),
                in_appendix=first.document.name in appendix,
            )


def _titles(number: str, cited: list[Citation], pen: Pen) -> None:
    """Find a number under two titles, and a title that lost its 关于印发."""
    forms: dict[str, list[Citation]] = {}
    for each in cited:
        forms.setdefault(bare(each.title), []).append(each)
    broken = [each for each in cited if _is_broken(each.title)]
    if broken:
        whole = next((each for each in cited if not _is_broken(each.title)), None)
        _take_down_broken(number, broken, whole, pen)
    sound = [same[0] for same in forms.values() if not _is_broken(same[0].title)]
    odd = [each for each in sound[1:] if not _is_same(sound[0].title, each.title)]
    for each in odd:
        alike = overlap(_core(sound[0].title), _core(each.title)) >= _ALIKE
        pen.find(
            "R20",
            Severity.QUESTION if alike else Severity.ERROR,
            f"同一文号“{number}”有两个文件名：《{each.title}》与《{sound[0].title}》。",
            [place for one in (each, sound[0]) for place in _all(forms[bare(one.title)])],
            figures=each.figures,
        )
    if len(cited) > 1 and not odd:
        pen.consistent("R20", [figure for each in cited for figure in each.figures])


def _take_down_broken(
    number: str, broken: list[Citation], whole: Citation | None, pen: Pen
) -> None:
    title = broken[0].title
    said = f"《{title}》以“的通知”收尾而没有“关于印发〈…〉”"
    if whole is None:
        pen.find("R20", Severity.QUESTION, f"{said}，文件名似不完整。", _all(broken))
        return
    pen.find(
        "R20",
        Severity.ERROR,
        f"同一文号“{number}”有两个文件名：{said}，另一处为《{whole.title}》。",
        [*_all(broken), whole.place],
    )


def _numbers(cited: list[Citation], pen: Pen) -> None:
    """Find a title under two numbers."""
    by_title: dict[tuple[str, str], dict[str, list[Citation]]] = {}
    for each in cited:
        core = _core(each.title)
        if len(core) >= _LEAST:
            numbers = by_title.setdefault((core, each.body), {})
            numbers.setdefault(each.number, []).append(each)
    for numbers in by_title.values():
        if len(numbers) < 2:
            continue
        groups = sorted(numbers.values(), key=len)
        pen.find(
            "R20",
            Severity.QUESTION,
            f"同一文件《{groups[0][0].title}》有{len(groups)}个文号：{'、'.join(numbers)}。",
            [place for group in groups for place in _all(group)],
            figures=[figure for each in groups[0] for figure in each.figures],
        )


def _basis(cited: list[Citation], pen: Pen) -> None:
    """Find documents that the text relies on and its list of bases leaves out."""
    listed = {each.number for each in cited if each.in_basis}
    if len(listed) < 2:
        return
    missing: dict[str, Citation] = {}
    for each in cited:
        if not each.in_appendix and each.number not in listed:
            missing.setdefault(each.number, each)
    if missing:
        pen.find(
            "R20",
            Severity.HINT,
            f"正文引用而评价依据未列的文件有{len(missing)}个：{'、'.join(missing)}。",
            [each.place for each in missing.values()],
        )


def _brackets(cited: list[Citation], pen: Pen) -> None:
    """Find years of document numbers in other brackets than 〔〕."""
    odd = [each for each in cited if each.brackets != "〔〕"]
    if odd:
        pen.find(
            "R20",
            Severity.HINT,
            f"文号的年份应用六角括号，如“{odd[0].number}”。",
            [each.place for each in odd],
        )


def _all(cited: list[Citation]) -> list[Place]:
    return [each.place for each in cited[:_MOST_PLACES]]


def _is_broken(title: str) -> bool:
    return bool(_words().sent.search(title)) and not _words().sends.search(title)


def _is_same(one: str, other: str) -> bool:
    """Say whether two titles can be one document: the same name, or a shorter form of it."""
    left, right = _core(one), _core(other)
    return left in right or right in left or bare(one) in bare(other) or bare(other) in bare(one)


def _core(title: str) -> str:
    """Return the name of what a title is about, without who sent it out and how."""
    words = _words()
    inner = words.notice.sub("", words.wrapper.sub("", title, count=1))
    return bare(words.edition.sub("", inner))
