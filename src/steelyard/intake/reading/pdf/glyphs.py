"""The characters of a page with their places (字符), in no order that is relied on."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from steelyard.intake.reading.pdf.view import View, view_of

MOST_GLYPHS = 100_000
"""Characters that are read of one page: a full page of small type has about 6,000."""

_SAMPLES = 24
"""Characters that are asked which way they stand."""

_EVERY = 8
"""One character in so many is asked whether its font says what it means."""

_ASKEW = 0.1
"""Radians off a quarter turn from which words are slanted, as those of a watermark are."""

_RUN = 0.16
"""Share of a character's height by which the feet of characters on one base differ."""

_HYPHENS = "\x02\ufffe"
"""What PDFium gives for a hyphen at the end of a line."""

_UNSEEN = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad") | frozenset(map(chr, range(32)))

# Some fonts say the radical or the compatibility form for the character that looks the same.
_SAME_LOOK = {
    code: unicodedata.normalize("NFKC", chr(code))
    for start, stop in ((0x2E80, 0x2FE0), (0xF900, 0xFB00), (0xFB00, 0xFB07))
    for code in range(start, stop)
    if unicodedata.normalize("NFKC", chr(code)) != chr(code)
}


class Glyph(NamedTuple):
    """One character (字符), its words upright."""

    base: float
    """Height of the line that it stands on."""
    left: float
    right: float
    bottom: float
    top: float
    text: str


@dataclass(frozen=True, slots=True)
class Written:
    """What is written on a page (页面文字)."""

    glyphs: tuple[Glyph, ...]
    view: View
    total: int
    """Characters that can be seen."""
    unknown: int
    """How many of them have no meaning in their font; estimated when there are many."""
    slanted: bool
    """Slanted words were left out."""
    capped: bool
    """There were too many characters."""


def written(page: Any) -> Written | None:
    """Read the characters of a page.

    Args:
        page: PDFium's handle.

    Returns:
        None when the page has no size.
    """
    handle = pdfium.FPDFText_LoadPage(page)
    if not handle:
        view = view_of(page)
        return None if view is None else Written((), view, 0, 0, slanted=False, capped=False)
    with closing(_Text(handle)) as text:
        view = view_of(page, text.quarters())
        return None if view is None else text.read(view)


class _Text:
    """PDFium's list of the characters of a page."""

    def __init__(self, handle: Any) -> None:
        self._handle = handle
        count = max(pdfium.FPDFText_CountChars(handle), 0)
        self._count = min(count, MOST_GLYPHS)
        self._capped = count > MOST_GLYPHS

    def close(self) -> None:
        pdfium.FPDFText_ClosePage(self._handle)

    def quarters(self) -> int | None:
        """Return by how many quarters clockwise most words must be turned to be upright."""
        step = max(self._count // _SAMPLES, 1)
        angles = (
            pdfium.FPDFText_GetCharAngle(self._handle, index)
            for index in range(0, self._count, step)
            if chr(pdfium.FPDFText_GetUnicode(self._handle, index)) not in " \r\n\0"
        )
        votes = Counter(round(angle / (math.pi / 2)) % 4 for angle in angles if angle >= 0)
        # The angle is counted clockwise as well, so it is taken back.
        return -votes.most_common(1)[0][0] % 4 if votes else None

    def read(self, view: View) -> Written:
        codes = self._codes()
        total = sum(1 for each in codes if not each.isspace() and each not in _UNSEEN)
        glyphs, slanted = self._placed(codes, view)
        unknown = self._unknown(codes)
        return Written(glyphs, view, total, unknown, slanted, self._capped)

    def _codes(self) -> Sequence[str]:
        """Return the characters one by one."""
        buffer = (ctypes.c_ushort * (self._count + 1))()
        length = pdfium.FPDFText_GetText(self._handle, 0, self._count, buffer)
        whole = bytes(buffer).decode("utf-16-le", "replace")[: max(length - 1, 0)]
        # As long as the list, it is the list; some characters may have been left out of it.
        if len(whole) == self._count:
            return whole
        codes = (pdfium.FPDFText_GetUnicode(self._handle, i) for i in range(self._count))
        return [chr(c) if c < 0x110000 and not 0xD800 <= c < 0xE000 else "\ufffd" for c in codes]

    def _placed(self, codes: Sequence[str], view: View) -> tuple[tuple[Glyph, ...], bool]:
        handle, box = self._handle, pdfium.FS_RECTF()
        get, into = pdfium.FPDFText_GetLooseCharBox, ctypes.byref(box)
        glyphs: list[Glyph] = []
        plain, x0, y0 = view.upright == 0, view.left, view.bottom
        width, height = view.width, view.height
        base, straight, slanted = 0.0, True, False
        first_bottom = last_right = -math.inf
        for index, code in enumerate(codes):
            if code in _UNSEEN and code not in _HYPHENS:
                continue
            if code == " " and pdfium.FPDFText_IsGenerated(handle, index) == 1:
                continue
            if not get(handle, index, into):
                continue
            left, bottom, right, top = box.left, box.bottom, box.right, box.top
            if plain:
                left, bottom, right, top = left - x0, bottom - y0, right - x0, top - y0
            else:
                left, bottom, right, top = view.seen((left, bottom, right, top))
            reach = _RUN * (top - bottom)
            # What follows closely on one line stands on one base: it is asked for once.
            if not (abs(bottom - first_bottom) < reach and abs(left - last_right) < 2 * reach):
                base, straight = self._base(index, view, bottom), self._is_straight(index)
                first_bottom = bottom
            last_right = right
            if not straight:
                slanted = True
            # Words beside the page are not seen, nor is what has no place.
            elif 0 <= left + right <= 2 * width and 0 <= bottom + top <= 2 * height:
                text = "-" if code in _HYPHENS else _SAME_LOOK.get(ord(code), code)
                glyphs.append(Glyph(base, left, right, bottom, top, text))
        return tuple(glyphs), slanted

    def _is_straight(self, index: int) -> bool:
        angle: float = pdfium.FPDFText_GetCharAngle(self._handle, index)
        return abs(angle - round(angle / (math.pi / 2)) * (math.pi / 2)) < _ASKEW

    def _base(self, index: int, view: View, bottom: float) -> float:
        x, y = ctypes.c_double(), ctypes.c_double()
        if not pdfium.FPDFText_GetCharOrigin(self._handle, index, x, y):
            return bottom
        return view.seen((x.value, y.value, x.value, y.value))[1]

    def _unknown(self, codes: Sequence[str]) -> int:
        """Return how many characters have no meaning, estimated from every eighth."""
        private = sum(
            1
            for index, code in enumerate(codes)
            if (code == "\ufffd" or "\ue000" <= code <= "\uf8ff")
            # A lone sign of a symbol font before a paragraph is a bullet.
            and not (index == 0 or codes[index - 1] in "\r\n")
        )
        asked = range(0, len(codes), _EVERY)
        failed = sum(1 for i in asked if pdfium.FPDFText_HasUnicodeMapError(self._handle, i) == 1)
        return max(private, failed * _EVERY)
