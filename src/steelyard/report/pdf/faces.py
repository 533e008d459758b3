"""Official typefaces and who may stand in for them (字体替代).

The typefaces of official papers may not be shipped. A document names them; on
a machine without them the first of these that is installed is used instead.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """A typeface under all its names, and its stand-ins, best first (字体)."""

    names: tuple[str, ...]
    standins: tuple[str, ...]
    heavy: bool = False
    """Whether a stand-in is set in bold: the typeface is heavier than any text face."""

    def first_of(self, installed: Collection[str]) -> str:
        """Return the family to use; empty when none is installed."""
        known = {plain_name(name): name for name in installed}
        for name in (*self.names, *self.standins):
            if plain_name(name) in known:
                return known[plain_name(name)]
        return ""


_SONG = ("Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", "AR PL UMing CN")
_HEI = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Microsoft YaHei",
    "PingFang SC",
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
)

FANGSONG = Face(
    names=("仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong"),
    standins=("STFangsong", "FandolFang", *_SONG, "SimSun", *_HEI),
)
KAITI = Face(
    names=("楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi"),
    standins=("STKaiti", "Kaiti SC", "AR PL UKai CN", "LXGW WenKai", "FandolKai", *_SONG, *_HEI),
)
HEITI = Face(names=("黑体", "SimHei"), standins=("STHeiti", *_HEI, *_SONG))
SONGTI = Face(names=("宋体", "SimSun", "NSimSun"), standins=("STSong", *_SONG, *_HEI))
XIAOBIAO = Face(
    names=("方正小标宋简体", "FZXiaoBiaoSong-B05S", "方正小标宋_GBK", "FZXiaoBiaoSong-B05"),
    standins=(*_SONG, "SimSun", *_HEI),
    heavy=True,
)
ROMAN = Face(
    names=("Times New Roman",),
    standins=("Liberation Serif", "Tinos", "TeX Gyre Termes", "FreeSerif", *_SONG, "DejaVu Serif"),
)
FACES = (FANGSONG, KAITI, HEITI, SONGTI, XIAOBIAO, ROMAN)


def plain_name(name: str) -> str:
    """Return a font's name as it is compared: no blanks, hyphens, case, subset mark.

    >>> plain_name("ABCDEF+NotoSerifCJKsc-Regular")
    'notoserifcjkscregular'
    """
    subset, plus, rest = name.partition("+")
    bare = rest if plus and len(subset) == 6 and subset.isupper() else name
    return "".join(each for each in bare.casefold() if each not in " -_,")


def face_named(name: str) -> Face | None:
    """Return the official typeface of a name."""
    wanted = plain_name(name)
    return next((f for f in FACES if wanted in map(plain_name, f.names)), None)


def fontconfig(system: str = "/etc/fonts/fonts.conf") -> str:
    """Return a fontconfig file: the system's own, then the stand-ins of every face."""
    rules = "\n".join(_alias(name, face) for face in FACES for name in face.names)
    return (
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>\n'
        f'<include ignore_missing="yes">{escape(system)}</include>\n{rules}\n</fontconfig>\n'
    )


def _alias(name: str, face: Face) -> str:
    others = (each for each in face.names if each != name)
    families = "".join(
        f"<family>{escape(each)}</family>" for each in (name, *others, *face.standins)
    )
    heavier = (
        f'<match target="pattern"><test name="family"><string>{escape(name)}</string></test>'
        '<edit name="weight" mode="assign" binding="strong"><const>bold</const></edit></match>'
    )
    return (
        f'<alias binding="same"><family>{escape(name)}</family>'
        f"<prefer>{families}</prefer></alias>{heavier if face.heavy else ''}"
    )
