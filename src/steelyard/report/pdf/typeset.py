"""The report set by Typst (排版), for machines without LibreOffice.

The template is ours and fixed; it is given the blocks as JSON. So no word of a
report can become markup, and the same report always gives the same bytes.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import typst

from steelyard.errors import SteelyardError
from steelyard.report.model.blocks import Document
from steelyard.report.pdf.faces import FACES, FANGSONG, HEITI, KAITI, ROMAN, SONGTI, XIAOBIAO, Face
from steelyard.report.pdf.fonts import FontUse, font_uses, fonts_of
from steelyard.report.pdf.pages import heading_pages
from steelyard.report.pdf.records import Plain, Records

_TEMPLATE = Path(__file__).parent / "templates" / "report.typ"
_MADE = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
"""The date in the file: the report's own is printed on it, and the clock is not read."""


class NoChineseFont(SteelyardError):
    """The machine has no font with Chinese characters."""

    code = "report.no-chinese-font"

    def __init__(self) -> None:
        super().__init__(
            what="本机没有可用的中文字体，不能排版 PDF。",
            mend="请安装仿宋、黑体等公文字体，或思源宋体、思源黑体（Noto CJK）。",
        )


class TypesetFailed(SteelyardError):
    """Typst could not set the report."""

    code = "report.typeset-failed"

    def __init__(self, said: str) -> None:
        super().__init__(
            what=f"排版没有完成，提示“{said}”。",
            mend="请改用 LibreOffice 转换，并把这条提示告诉我们。",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Typeset:
    """A PDF set by Typst (排版稿)."""

    pdf: bytes
    pages: dict[str, int]
    fonts: tuple[FontUse, ...]

    @property
    def notes(self) -> tuple[str, ...]:
        """What the user must know, one sentence each."""
        return tuple(str(use) for use in self.fonts if use.replaced)


def pdf_by_typst(document: Document) -> Typeset:
    """Set a report as PDF without LibreOffice (排版).

    Raises:
        NoChineseFont: None of the typefaces, nor any stand-in, is installed.
        TypesetFailed: Typst refused; its words are in the error.
    """
    fonts = typst.Fonts()
    installed = fonts.families()
    report = {
        "title": document.title,
        "author": document.author,
        "fonts": _fonts(installed),
        "sections": Records(document, HEITI.first_of(installed)).sections(),
    }
    try:
        pdf = typst.compile(
            _TEMPLATE.read_bytes(),
            format="pdf",
            font_paths=fonts,
            sys_inputs={"report": json.dumps(report, ensure_ascii=False)},
            timestamp=_MADE,
        )
    except typst.TypstError as error:
        raise TypesetFailed(str(error)) from error
    if not isinstance(pdf, bytes):
        raise TypesetFailed("没有得到 PDF")
    wanted = (face.names[0] for face in FACES)
    return Typeset(
        pdf=pdf,
        pages=heading_pages(pdf, document),
        fonts=font_uses(wanted, fonts_of(pdf)),
    )


def _fonts(installed: Collection[str]) -> Plain:
    """Return the font lists of the template, digits and Latin first."""

    def families(face: Face) -> list[object]:
        chinese = face.first_of(installed)
        if not chinese:
            raise NoChineseFont
        latin = ROMAN.first_of(installed)
        first: list[object] = [{"name": latin, "covers": "latin-in-cjk"}] if latin else []
        return [*first, chinese]

    titles = XIAOBIAO.first_of(installed)
    return {
        "body": families(FANGSONG),
        "kai": families(KAITI),
        "black": families(HEITI)[-1:],
        "song": families(SONGTI),
        "title": families(XIAOBIAO)[-1:],
        "title-weight": "regular" if titles in XIAOBIAO.names else "bold",
    }
