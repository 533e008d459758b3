"""Plain text as a document (读取文本)."""

from __future__ import annotations

import hashlib

from steelyard.intake.reading.arrange import arranged
from steelyard.intake.reading.document import Document
from steelyard.intake.reading.flat.blocks import blocks_of
from steelyard.intake.reading.flat.decoding import decoded
from steelyard.intake.reading.flat.lines import lines_of


def read_text(name: str, content: bytes) -> Document:
    """Read plain text, above all the text layer of a PDF (纯文本).

    Args:
        name: The file's name, without its folder.
        content: Its bytes, in UTF-8, GB18030, or UTF-16 with its mark.

    Returns:
        Paragraphs and tables; every spot gives the line in the file, from 1.

    Raises:
        Unreadable: It is too large, no text, or without a word.
    """
    text = decoded(name, content)
    lines = lines_of(text).kept
    digest = hashlib.sha256(content).hexdigest()
    return Document(name, "text", digest, arranged(blocks_of(lines)))
