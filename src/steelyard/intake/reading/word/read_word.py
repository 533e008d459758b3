"""A .docx as a document (读 Word 文件)."""

from __future__ import annotations

import hashlib

from steelyard.files.packages import Unusable
from steelyard.intake.reading.arrange import arranged
from steelyard.intake.reading.document import Document
from steelyard.intake.reading.unreadable import Unreadable
from steelyard.intake.reading.word.body import Counted, body_blocks
from steelyard.intake.reading.word.names import full
from steelyard.intake.reading.word.parts import Parts, load_parts

_MEND = "请在 Word 或 WPS 中打开，另存为不加密的 .docx 文件后再试。"
_FEW = 100
"""Characters below which a file with pictures is taken for pictures of a paper."""

_CHANGES = full("w:ins", "w:del", "w:moveFrom", "w:moveTo")


def read_word(name: str, content: bytes) -> Document:
    """Return a Word file as a document (读 Word 文件).

    The text is that of the file with all changes accepted. Headers, footers and
    comments are not part of it; hidden words are left out, and counted in the
    remarks. ``Spot.inner`` counts as ``visible`` says.

    Args:
        name: The file's name, without its folder.
        content: Its bytes, at most 100 MB.

    Raises:
        Unreadable: It is no .docx, damaged, encrypted, too large, or says nothing.
    """
    try:
        parts = load_parts(content)
        blocks, counted = body_blocks(parts)
    except Unusable as why:
        raise Unreadable(name, str(why), _MEND) from why
    if not blocks:
        raise Unreadable(name, "其中没有文字", "如果内容是图片，请提供文字版或可以复制文字的 PDF。")
    return Document(
        name=name,
        kind="docx",
        sha256=hashlib.sha256(content).hexdigest(),
        blocks=arranged(blocks),
        remarks=_remarks(parts, counted),
    )


def _remarks(parts: Parts, counted: Counted) -> tuple[str, ...]:
    remarks: list[str] = []
    if next(parts.document.root.iter(*_CHANGES), None) is not None:
        remarks.append("文件中有未接受的修订，按全部接受后的文字读取。")
    if counted.hidden:
        remarks.append(f"有{counted.hidden}个隐藏的字，未读取。")
    if counted.pictures:
        few = counted.characters < _FEW
        rest = f"；此外只读到{counted.characters}个字" if few else ""
        remarks.append(
            f"有{counted.pictures}处图片、图表或嵌入的对象，其中的文字和数未读取{rest}。"
        )
    if counted.foreign:
        remarks.append(f"有{counted.foreign}处插入了另一个文件，其中的内容未读取。")
    return tuple(remarks)
