"""Which characters the bytes of a text file are (编码).

A byte order mark decides, then UTF-8, then GB18030. Bytes that are no text, or
too many, are refused.
"""

from __future__ import annotations

import codecs
import re

from steelyard.intake.reading.unreadable import Unreadable

MOST_BYTES = 50 * 1024 * 1024
MOST_LINES = 300_000
"""Lines with words: a report of a hundred pages has four thousand."""
LONGEST_LINE = 1_000_000

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_FOREIGN = (b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff")
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufdd0-\ufdef\ufffd-\uffff]")
_WORDS = re.compile(r"[^\s\x00-\x1f]")
_LONG = re.compile(rf"[^\r\n]{{{LONGEST_LINE + 1}}}")
_LINE_OF_WORDS = re.compile(r"^[^\S\r\n]*[^\s]", re.MULTILINE)

_SAVE_AS_TEXT = "请提供UTF-8编码的纯文本，或Word、Excel、PDF原件。"


def decoded(name: str, content: bytes) -> str:
    """Return the text of a file (解码).

    Args:
        name: The file's name, for the error.
        content: Its bytes.

    Raises:
        Unreadable: It is too large, no text, or without a word.
    """
    if len(content) > MOST_BYTES:
        raise Unreadable(name, "文件超过50 MB", "请只提供报告正文，或拆成几个文件。")
    if content.startswith(_FOREIGN):
        raise Unreadable(name, "内容不是纯文本", "请按文件的真实格式改正扩展名。")
    text = _as_text(content)
    if text is None:
        raise Unreadable(name, "认不出文字编码，或内容不是纯文本", _SAVE_AS_TEXT)
    if not _WORDS.search(text):
        raise Unreadable(name, "文件里没有文字", _SAVE_AS_TEXT)
    if len(_NO_TEXT.findall(text)) * 100 > len(text):
        raise Unreadable(name, "乱码过多，文字无法辨认", _SAVE_AS_TEXT)
    if _LONG.search(text):
        raise Unreadable(name, "有的行超过一百万字", "请在段落之间换行。")
    lines = sum(1 for _ in _LINE_OF_WORDS.finditer(text))
    if lines > MOST_LINES:
        raise Unreadable(name, f"文字超过{MOST_LINES}行", "请只提供报告正文，或拆成几个文件。")
    return text


def _as_text(content: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _decode(content[len(mark) :], encoding)
    text = _decode(content, "utf-8")
    return text if text is not None else _decode(content, "gb18030")


def _decode(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None
