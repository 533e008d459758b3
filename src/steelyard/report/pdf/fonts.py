"""Which fonts a PDF really holds (字体报告), and which were wanted.

What was wanted is read from the Word file, what was used from the PDF; nobody
is asked what is installed.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from html import unescape

import pypdfium2
import pypdfium2.raw

from steelyard.report.pdf.faces import Face, face_named, plain_name

_FONTS = re.compile(r"<w:rFonts\b[^>]*>")
_NAME = re.compile(r'w:(?:ascii|hAnsi|eastAsia)="([^"]+)"')
_REGION = re.compile(r"^((?:noto|sourcehan)(?:serif|sans)(?:cjk)?)(?:sc|jp|kr|tc|hk|cn)")
_PARTS = re.compile(r"word/(?:document|styles|header\d*|footer\d*)\.xml")


@dataclass(frozen=True, slots=True)
class FontUse:
    """A font that was wanted, and the one that was used (字体替代)."""

    wanted: str
    used: str
    """Empty when the PDF holds neither it nor a known stand-in: nothing is set in it."""

    replaced: bool

    def __str__(self) -> str:
        """Say it in a line."""
        if not self.used:
            return f"{self.wanted}：文中没有用到"
        return f"{self.wanted} → {self.used}（本机未安装）" if self.replaced else self.wanted


def fonts_of(pdf: bytes) -> tuple[str, ...]:
    """Return the names of all fonts that set a text in a PDF, without subset marks."""
    names: set[str] = set()
    with pypdfium2.PdfDocument(pdf) as document:
        for number in range(len(document)):
            page = document[number]
            for each in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT]):
                names.add(each.get_font().get_base_name())
            page.close()
    return tuple(sorted({re.sub(r"^[A-Z]{6}\+", "", name) for name in names if name}))


def fonts_wanted(docx: bytes) -> tuple[str, ...]:
    """Return the fonts that a Word file names, in styles, text, headers and footers."""
    wanted: dict[str, None] = {}
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        for name in package.namelist():
            if _PARTS.fullmatch(name):
                xml = package.read(name).decode("utf-8")
                for fonts in _FONTS.findall(xml):
                    wanted |= dict.fromkeys(unescape(name) for name in _NAME.findall(fonts))
    return tuple(wanted)


def font_uses(wanted: Iterable[str], found: Collection[str]) -> tuple[FontUse, ...]:
    """Return for every font wanted the one of the PDF that stands for it."""
    return tuple(_use(name, found) for name in wanted)


def _use(wanted: str, found: Collection[str]) -> FontUse:
    face = face_named(wanted) or Face(names=(wanted,), standins=())
    # The other names of the same typeface come first: 仿宋_GB2312 is in a PDF as FangSong_GB2312.
    for name in dict.fromkeys((wanted, *face.names)):
        if any(_is_of(font, name) for font in found):
            return FontUse(wanted, name, replaced=False)
    for name in face.standins:
        if any(_is_of(font, name) for font in found):
            return FontUse(wanted, name, replaced=True)
    return FontUse(wanted, "", replaced=False)


def _is_of(font: str, family: str) -> bool:
    # LibreOffice names a collection of fonts in the PDF by its first one, which
    # is the Japanese one, whichever of them it used.
    bare = (_REGION.sub(r"\1", plain_name(name)) for name in (font, family))
    return next(bare).startswith(next(bare))


def font_lines(uses: Iterable[FontUse]) -> tuple[str, ...]:
    """Say which fonts were replaced, one line each; nothing when none was."""
    return tuple(str(use) for use in uses if use.replaced)
