"""A PDF file opened within bounds (打开 PDF), one page at a time.

What keeps it from being read is said here in a sentence. PDFium must not be entered
twice at once, so whoever calls it holds ``PDFIUM``.
"""

from __future__ import annotations

import re
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from steelyard.intake.reading.unreadable import Unreadable

PDFIUM = threading.Lock()
"""Held during every call into PDFium; never while progress is told."""

LARGEST = 200 * 2**20
"""Bytes that a PDF may have."""

MOST_PAGES = 5000

_SWOLLEN = 256 * 2**20
"""Bytes that one stream may have when it is unpacked."""

_STEP = 2**18
_PACKED = re.compile(rb"stream\r?\n(?=\x78[\x01\x5e\x9c\xda])")
_PACKED_TWICE = re.compile(rb"/Filter\s*\[[^\]]{0,99}Flate[^\]]{0,99}(?:Flate|LZW)")

_TAIL = 4096
"""Bytes at the end within which a whole file says that it ends."""

_AGAIN = "请重新下载或导出，并试着用 PDF 阅读软件打开。"


class OpenedPdf:
    """An opened file (已打开的文件); close it."""

    def __init__(self, name: str, content: bytes) -> None:
        """Open a file.

        Raises:
            Unreadable: It is no PDF, too large, encrypted, cut off or damaged, or has
                no pages or too many.
        """
        _refuse_at_sight(name, content)
        _refuse_swelling(name, content)
        with PDFIUM:
            try:
                self._document = pypdfium2.PdfDocument(content)
            except pypdfium2.PdfiumError as error:
                raise _refusal(name, content, error) from error
            self.pages: int = len(self._document)
        if not 0 < self.pages <= MOST_PAGES:
            self.close()
            if self.pages < 1:
                raise Unreadable(name, "其中没有一页", _AGAIN)
            raise Unreadable(
                name, f"有{self.pages}页，超过上限{MOST_PAGES}页", "请拆成几个文件后再交。"
            )

    @contextmanager
    def page(self, index: int) -> Iterator[Any | None]:
        """Give the handle of a page, counted from 0; None when it is damaged."""
        with PDFIUM:
            handle = pdfium.FPDF_LoadPage(self._document.raw, index)
            try:
                yield handle or None
            finally:
                if handle:
                    pdfium.FPDF_ClosePage(handle)

    def close(self) -> None:
        """Give the memory back."""
        with PDFIUM:
            self._document.close()


def _refuse_at_sight(name: str, content: bytes) -> None:
    if len(content) > LARGEST:
        raise Unreadable(
            name,
            f"文件有{len(content) // 2**20}MB，超过上限{LARGEST // 2**20}MB",
            "请拆分文件或压缩图片。",
        )
    if b"%PDF-" not in content[:1024]:
        raise Unreadable(name, "这不是 PDF 文件", "请核对是否交错了文件。")
    # PDFium mends a file that was cut off, but says nothing about the pages it lost.
    tail = content.rstrip(b"\0\r\n\t ")[-_TAIL:]
    if b"%%EOF" not in tail and b"startxref" not in tail:
        raise Unreadable(name, "文件不完整，结尾缺失", _AGAIN)


def _refuse_swelling(name: str, content: bytes) -> None:
    """Refuse streams that grow beyond bounds when PDFium unpacks them."""
    if _PACKED_TWICE.search(content):
        raise _swelling(name)
    for start in _PACKED.finditer(content):
        # No stream grows more than a thousandfold: short ones need not be looked at.
        end = content.find(b"endstream", start.end())
        if end - start.end() < _SWOLLEN // 1100:
            continue
        if _unpacked_size(memoryview(content)[start.end() : end]) > _SWOLLEN:
            raise _swelling(name)


def _unpacked_size(packed: memoryview) -> int:
    """Return the size of a stream when unpacked, or where it passes the bound."""
    unpacking = zlib.decompressobj()
    size = 0
    with suppress(zlib.error):
        for start in range(0, len(packed), _STEP):
            piece: bytes | memoryview = packed[start : start + _STEP]
            while piece and size <= _SWOLLEN:
                size += len(unpacking.decompress(piece, 4 * _STEP))
                piece = unpacking.unconsumed_tail
    return size


def _swelling(name: str) -> Unreadable:
    return Unreadable(name, "其中有内容展开后过大", _AGAIN)


def _refusal(name: str, content: bytes, error: pypdfium2.PdfiumError) -> Unreadable:
    # PDFium does not always set its error anew: it may tell of a file before this one.
    if b"/Encrypt" in content and error.err_code in (
        pdfium.FPDF_ERR_PASSWORD,
        pdfium.FPDF_ERR_SECURITY,
    ):
        return Unreadable(name, "它已加密，要有密码才能打开", "请去掉密码后再交。")
    return Unreadable(name, "文件已损坏，或其中没有一页", _AGAIN)
