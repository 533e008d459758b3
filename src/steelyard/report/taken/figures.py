"""What happened to the figures of a returned passage (数的去留).

A figure comes from its fact. Whoever writes over one, takes it out and types
another number, or writes digits against it, changes it; then the words around
it cannot be trusted either.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from steelyard.report.compose.grammar import BRACES
from steelyard.report.model.blocks import Document, Heading, Paragraph, runs_of
from steelyard.report.model.runs import Figure, Gap, Link
from steelyard.report.word.returned import (
    ReturnedFigure,
    ReturnedParagraph,
    ReturnedPassage,
    Words,
)

Identity = tuple[str, str, str]
"""Kind, reference and text of a figure as printed."""

Touch = tuple[str, str]
"""What stands against a figure and changes how it reads: before, behind."""

_BLANK = r"[\s\u00ad\u200b-\u200d\u2060\ufeff]*"
_DIGIT = f"[{''.join(map(re.escape, '²³¹⁰⁴⁵⁶⁷⁸⁹½¼¾'))}\\d]"
_SIGN = r"[+\-－−–±]"
_BEFORE = re.compile(rf"(?:{_DIGIT}{_BLANK}[.．,，]|{_DIGIT}|[.．%％‰负]|{_SIGN}){_BLANK}$")
_AFTER = rf"{_DIGIT}|[.．,，×÷*/^eExX]{_BLANK}{_DIGIT}|{_SIGN}|[.．%％‰]"
_BEHIND_UNIT = re.compile(rf"^{_BLANK}(?:{_AFTER})")
_BEHIND = re.compile(rf"^{_BLANK}(?:{_AFTER}|[十百千万亿])")
_NEAR = 20
"""Characters looked at beside a figure."""

_NUMBER = re.compile(r"\d+(?:[.．,，]\d+)*|[〇零一二三四五六七八九十百千万亿两]{2,}")
_MARK = re.compile(r"\s*(?:\d{1,3}[．、](?!\d)|（\d{1,3}）)")


def put_back(passage: ReturnedPassage) -> ReturnedPassage:
    """Return a passage with every figure as it was printed."""

    def restored(paragraph: ReturnedParagraph) -> ReturnedParagraph:
        pieces = tuple(
            replace(piece, text=piece.printed)
            if isinstance(piece, ReturnedFigure) and _is_figure(piece)
            else piece
            for piece in paragraph.pieces
        )
        return replace(paragraph, pieces=pieces)

    return replace(passage, paragraphs=tuple(map(restored, passage.paragraphs)))


def overwritten(key: str, parts: Sequence[ReturnedPassage]) -> list[str]:
    """Return a sentence for every figure that somebody wrote over."""
    return [
        f"“{key}”：引用“{{{{ {each.reference} }}}}”印作“{each.printed}”，"
        f"改成了“{each.text}”，未采用；请到数据的来源处修改。"
        for each in _figures(part.paragraphs for part in parts)
        if each.is_changed
    ]


def dropped(key: str, parts: Sequence[ReturnedPassage]) -> list[str]:
    """Return a sentence for every reference that went with its words."""
    return [
        f"“{key}”：引用“{{{{ {each.reference} }}}}”（{each.printed}）已随文字删去。"
        for part in parts
        for each in part.gone
        if _is_figure(each)
    ]


def touches(passages: Iterable[ReturnedPassage]) -> set[tuple[Identity, Touch]]:
    """Return what stood against each figure when it was printed."""
    return {
        (_identity(figure), touch)
        for passage in passages
        for paragraph in passage.printed
        for figure, touch in _touched(paragraph)
    }


def objection(
    parts: Sequence[ReturnedPassage], printed_touches: set[tuple[Identity, Touch]]
) -> str:
    """Return why the words of a passage cannot be taken for its figures' sake.

    Args:
        parts: As they came back, changed figures included.
        printed_touches: Of the whole file.

    Returns:
        A reason without a full stop; empty when there is none.
    """
    for part in parts:
        for paragraph in put_back(part).paragraphs:
            for figure, touch in _touched(paragraph):
                if (_identity(figure), touch) not in printed_touches:
                    return (
                        f"“{figure.printed}”（{{{{ {figure.reference} }}}}）"
                        "的前后添改了数字、符号或单位"
                    )
    before = list(_figures(part.printed for part in parts))
    now = list(_figures(part.paragraphs for part in parts))
    new = _numbers(part.paragraphs for part in parts) - _numbers(part.printed for part in parts)
    gone = Counter(map(_identity, before)) - Counter(map(_identity, now))
    changed = any(figure.is_changed for figure in now)
    if changed and list(map(_identity, before)) != list(map(_identity, now)):
        return "有数被改写，同时有数被移动、增加或删去"
    for _, reference, printed in gone:
        said = f"引用“{{{{ {reference} }}}}”（{printed}）已不在"
        if new:
            return f"{said}，文字中却新出现了“{'、'.join(sorted(new))}”"
        if _stays(printed, parts):
            return f"{said}，它的字样却留在文字中"
    if changed and new:
        return f"有数被改写，文字中又新出现了“{'、'.join(sorted(new))}”"
    return ""


def foreign_reference(
    key: str, parts: Sequence[ReturnedPassage], known: Mapping[str, set[tuple[bool, str]]]
) -> str:
    """Return a reference that neither the source nor the folder's own report holds.

    A record can be forged: it must not make one figure into another. A forged
    source is of no use either, for it is compared with the folder's.

    Args:
        key: The passage.
        parts: As they came back.
        known: As ``references_of`` returns it.
    """
    written = {match[1].strip() for match in BRACES.finditer(parts[0].source)}
    written |= {text.replace("：", ":", 1) for text in written}
    here = known.get(key, set())
    anywhere = set().union(*known.values())
    for figures, allowed in (
        (_figures(part.printed for part in parts), here),
        (_figures(part.paragraphs for part in parts), anywhere),
    ):
        for figure in figures:
            known_here = (figure.kind == "link", figure.reference) in allowed
            if not known_here and figure.reference not in written:
                return figure.reference
    return ""


def references_of(document: Document) -> dict[str, set[tuple[bool, str]]]:
    """Return the references of each passage of a report, and whether each is a link."""
    found: dict[str, set[tuple[bool, str]]] = {}
    for block in document.blocks():
        if not isinstance(block, Heading | Paragraph) or not block.passage:
            continue
        here = found.setdefault(block.passage, set())
        for run in runs_of(block):
            if isinstance(run, Figure | Gap):
                here.add((False, run.reference))
            elif isinstance(run, Link):
                here.add((True, run.target))
    return found


def _is_figure(figure: ReturnedFigure) -> bool:
    """Tell whether it stands for a reference: the gap of whole words does not."""
    return figure.kind != "gap" or bool(figure.reference)


def _identity(figure: ReturnedFigure) -> Identity:
    return figure.kind, figure.reference, figure.printed


def _figures(groups: Iterable[Sequence[ReturnedParagraph]]) -> Iterator[ReturnedFigure]:
    for paragraphs in groups:
        for paragraph in paragraphs:
            for piece in paragraph.pieces:
                if isinstance(piece, ReturnedFigure) and _is_figure(piece):
                    yield piece


def _touched(paragraph: ReturnedParagraph) -> Iterator[tuple[ReturnedFigure, Touch]]:
    texts = [piece.text for piece in paragraph.pieces]
    for place, piece in enumerate(paragraph.pieces):
        if not isinstance(piece, ReturnedFigure) or not _is_figure(piece):
            continue
        # A name stays what it is, whatever stands beside it.
        if not any(c.isdigit() for c in piece.printed):
            continue
        before = _BEFORE.search("".join(texts[:place])[-_NEAR:])
        behind = (_BEHIND if piece.printed[-1].isdigit() else _BEHIND_UNIT).search(
            "".join(texts[place + 1 :])[:_NEAR]
        )
        yield piece, (before[0] if before else "", behind[0] if behind else "")


def _words(paragraph: ReturnedParagraph) -> str:
    """Return the words of a paragraph, a mark at its beginning and typed references left out."""
    texts = (piece.text if isinstance(piece, Words) else "\0" for piece in paragraph.pieces)
    text = BRACES.sub("\0", "".join(texts))
    mark = _MARK.match(text)
    return text[mark.end() :] if mark else text


def _numbers(groups: Iterable[Sequence[ReturnedParagraph]]) -> Counter[str]:
    return Counter(
        unicodedata.normalize("NFKC", match[0])
        for paragraphs in groups
        for paragraph in paragraphs
        for match in _NUMBER.finditer(_words(paragraph))
    )


def _stays(printed: str, parts: Sequence[ReturnedPassage]) -> bool:
    """Tell whether the words hold a figure's text more often than they did."""
    if len(printed.strip()) < 2:  # a single sign is part of many words; digits are counted
        return False

    def count(groups: Iterable[Sequence[ReturnedParagraph]]) -> int:
        return sum(_words(paragraph).count(printed) for group in groups for paragraph in group)

    return count(part.paragraphs for part in parts) > count(part.printed for part in parts)
