"""Words as Markdown (写成 Markdown): every sign that would mean something is escaped.

Nothing is trusted: whoever writes a passage reads it again and compares.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace

from steelyard.report.compose.passage import Span

_SPECIAL = frozenset("\\`*_[]<|&~")
_START = re.compile(r"^(?:([#>+=-])|(\d{1,9})([.)])(?=\s|$))")


def line_of(spans: Sequence[Span]) -> str:
    """Return spans as the text of a paragraph; a new line stays inside it.

    Args:
        spans: Atoms, without space at both ends.
    """
    strong = _emphasised(spans)
    text, open_now = "", False
    for span, wanted in zip(spans, strong, strict=True):
        if wanted != open_now:
            text += "**"
            open_now = wanted
        match span.kind:
            case "text":
                text += f"\\{span.text}" if span.text in _SPECIAL else span.text
            case "reference":
                text += f"{{{{ {span.text} }}}}"
            case "break":
                text += "\\\n"
    text += "**" if open_now else ""
    return "\n".join(_START.sub(_escaped, line) for line in text.split("\n"))


def heading_of(level: int, spans: Sequence[Span]) -> str:
    """Return spans as a heading; bold means nothing in it."""
    plain = [Span(span.kind, span.text) for span in spans]
    return f"{'#' * level} {line_of(plain).replace('#', chr(92) + '#')}"


def _escaped(match: re.Match[str]) -> str:
    return f"\\{match[1]}" if match[1] else f"{match[2]}\\{match[3]}"


def _emphasised(spans: Sequence[Span]) -> list[bool]:
    """Return which spans stand between asterisks.

    Asterisks between a sign and a letter are none to Markdown, and between
    Chinese words there is no space: there, the sign is left outside.
    """
    strong = [span.strong and span.kind != "break" for span in spans]
    place = 0
    while place < len(spans):
        if not strong[place]:
            place += 1
            continue
        end = place
        while end < len(spans) and strong[end]:
            end += 1
        first, last = place, end
        while first < last and not _opens(spans, first):
            strong[first] = False
            first += 1
        while first < last and not _closes(spans, last):
            last -= 1
            strong[last] = False
        place = end
    return strong


def _opens(spans: Sequence[Span], place: int) -> bool:
    inner, outer = spans[place], spans[place - 1] if place else None
    return not _is_space(inner) and not (_is_sign(inner) and _is_letter(outer))


def _closes(spans: Sequence[Span], end: int) -> bool:
    inner, outer = spans[end - 1], spans[end] if end < len(spans) else None
    return not _is_space(inner) and not (_is_sign(inner) and _is_letter(outer))


def _is_space(span: Span) -> bool:
    return span.kind == "break" or (span.kind == "text" and isWhiteSpace(ord(span.text)))


def _is_sign(span: Span) -> bool:
    return span.kind == "text" and (isMdAsciiPunct(ord(span.text)) or isPunctChar(span.text))


def _is_letter(span: Span | None) -> bool:
    return span is not None and not _is_space(span) and not _is_sign(span)
