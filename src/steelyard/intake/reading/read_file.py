"""Any file as a document (读取文件): what it is shows in its content, never in its name.

Each reader is imported when a file of its kind comes, so that a text costs no more
than a text.
"""

from __future__ import annotations

import io
import re
import stat
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from steelyard.errors import Problems
from steelyard.files.packages import BROKEN
from steelyard.files.text import system_says
from steelyard.intake.reading.document import Document
from steelyard.intake.reading.sheets.sheet import Progress, Unusable, unwatched
from steelyard.intake.reading.unreadable import Unreadable

LARGEST = 100 * 2**20
"""Bytes that a file may have; some kinds allow less."""

MOST_PARTS = 20_000
"""Entries that a zip file may list; the readers allow less."""

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"

_FOREIGN = (
    (
        rb"\x89PNG|\xff\xd8\xff|GIF8|BM.{4}\0\0\0\0|II\*\0|MM\0\*|RIFF.{4}WEBP",
        "这是图片",
        "请交可选中文字的 Word、PDF 或表格文件；扫描件请先作文字识别并核对。",
    ),
    (rb"Rar!|7z\xbc\xaf|\x1f\x8b", "这是压缩包", "请解压后逐个交。"),
    (rb"\{\\rtf", "这是 RTF 文件", "请在 Word 或 WPS 中打开，另存为 .docx 后再交。"),
    (
        rb"MIME-Version:",
        "这是网页归档文件",
        "请在 Word、Excel 或 WPS 中打开，另存为 .docx 或 .xlsx 后再交。",
    ),
)
_OTHER_PACKAGES = (
    ("xl/workbook.bin", "这是二进制工作簿（.xlsb）", "请在 Excel 中另存为 .xlsx 后再交。"),
    ("ppt/presentation.xml", "这是演示文稿", "请另存为 PDF 后再交。"),
    ("ofd.xml", "这是 OFD 版式文件", "请用阅读软件导出为 PDF，或交 Word 原件。"),
    (
        "content.xml",
        "这是开放文档格式（.odt、.ods）",
        "请在 WPS、Office 或 LibreOffice 中打开，另存为 .docx 或 .xlsx 后再交。",
    ),
)
_OTHER_COMPOUNDS = (
    ("EncryptedPackage", "它已加密", "请去掉密码后再交。"),
    (
        "WordDocument",
        "这是旧的 .doc 或 .wps 文件",
        "请在 Word 或 WPS 中打开，另存为 .docx 后再交。",
    ),
    ("PowerPoint Document", "这是演示文稿", "请另存为 PDF 后再交。"),
)
_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*|<!--.{0,2000}?-->\s*){0,5}<(?:!doctype\s+html|html|head|body|table)\b",
    re.DOTALL | re.IGNORECASE,
)
_OLD_XML = re.compile(
    rb"\s*<\?xml.{0,2000}?urn:schemas-microsoft-com:office:spreadsheet", re.DOTALL
)
_MARK = b"\xef\xbb\xbf"

_USUAL = {
    "docx": {".docx", ".docm", ".dotx"},
    "workbook": {".xlsx", ".xlsm", ".xls", ".et", ".xlt", ".xltx", ".csv", ".tsv"},
    "pdf": {".pdf"},
    "text": {".txt", ".text", ".md", ".csv", ".tsv", ".log"},
}
_CALLED = {"docx": "Word 文件", "workbook": "工作簿", "pdf": "PDF 文件", "text": "纯文本"}


def read_file(path: Path, progress: Progress = unwatched) -> Document:
    """Read a file of any kind: Word, PDF, workbook, CSV or plain text.

    Args:
        path: The file. Its ending decides nothing, but that text in a .csv or .tsv
            file is parted into cells.
        progress: Told after each page or sheet how many are read, and of how many.

    Raises:
        Unreadable: Nothing is there, it is no plain file, empty, too large, damaged,
            encrypted, or of a kind that is not read.
    """
    return read_content(path.name, content_of(path), progress)


def read_content(name: str, content: bytes, progress: Progress = unwatched) -> Document:
    """Read the bytes of a file of any kind, as ``read_file`` does.

    Args:
        name: The file's name, without its folder.
        content: Its bytes, from outside.
        progress: Told after each page or sheet how many are read, and of how many.

    Raises:
        Unreadable: It is empty, damaged, encrypted, too large, or of a kind that is
            not read.
    """
    ending = Path(name).suffix
    document = _read(name, content, ending.lower(), progress)
    usual = _USUAL.get(document.kind)
    if usual is None or not ending or ending.lower() in usual:
        return document
    called = _CALLED[document.kind]
    remark = f"文件名以“{ending}”结尾，内容却是{called}；已按内容读取。"
    return replace(document, remarks=(remark, *document.remarks))


def read_files(paths: Iterable[Path], progress: Progress = unwatched) -> tuple[Document, ...]:
    """Read several files in their order.

    Raises:
        Gathered: Some cannot be read; each is told.
    """
    problems = Problems()
    documents: list[Document] = []
    for path in paths:
        with problems.catch():
            documents.append(read_file(path, progress))
    problems.settle()
    return tuple(documents)


def content_of(path: Path) -> bytes:
    """Return the bytes of a plain file within bounds.

    Raises:
        Unreadable: Nothing is there, it is no plain file, empty or too large.
    """
    name = path.name or str(path)
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise Unreadable(name, "这是文件夹", "请指明文件夹中的文件。")
        if not stat.S_ISREG(status.st_mode):
            raise Unreadable(name, "这不是普通文件", "请核对路径。")
        with path.open("rb") as stream:
            # One byte more tells a file that grew after it was looked at.
            content = stream.read(LARGEST + 1)
    except FileNotFoundError as error:
        raise Unreadable(name, "没有这个文件", "请核对路径。") from error
    except (OSError, ValueError) as error:
        raise Unreadable(name, system_says(error), "请核对文件和访问权限。") from error
    if len(content) > LARGEST:
        size, most = max(status.st_size, len(content)) // 2**20, LARGEST // 2**20
        raise Unreadable(name, f"文件有{size}MB，超过上限{most}MB", "请拆分文件或压缩图片。")
    if not content.strip(b" \t\r\n\0"):
        raise Unreadable(name, "文件是空的", "请核对是否交错了文件。")
    return content


def _read(name: str, content: bytes, ending: str, progress: Progress) -> Document:
    # A zip or compound file may hold a PDF within its first bytes: ask for these first.
    if content.startswith((_ZIP, _EMPTY_ZIP)):
        return _package(name, content, progress)
    if content.startswith(_OLE):
        return _compound(name, content, progress)
    if b"%PDF-" in content[:1024]:
        from steelyard.intake.reading.pdf.read_pdf import read_pdf

        return read_pdf(name, content, progress)
    _refuse_foreign(name, content)
    if ending in (".csv", ".tsv"):
        from steelyard.intake.reading.sheets.read_workbook import read_delimited

        return read_delimited(name, content)
    from steelyard.intake.reading.flat.read_text import read_text

    return read_text(name, content)


def _package(name: str, content: bytes, progress: Progress) -> Document:
    names = _names(name, content)
    if "word/document.xml" in names:
        from steelyard.intake.reading.word.read_word import read_word

        return read_word(name, content)
    if "xl/workbook.xml" in names:
        from steelyard.intake.reading.sheets.read_workbook import read_workbook

        return read_workbook(name, content, progress)
    for part, why, mend in _OTHER_PACKAGES:
        if part in names:
            raise Unreadable(name, why, mend)
    raise Unreadable(name, "这是压缩包", "请解压后逐个交。")


def _names(name: str, content: bytes) -> frozenset[str]:
    """Return the names in a zip file, in small letters."""
    # The library reads the whole list, so it is counted before.
    if content.count(b"PK\x01\x02") > MOST_PARTS:
        raise Unreadable(name, "其中的文件过多", "请只交与评价有关的文件。")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            found = archive.namelist()
    except BROKEN as error:
        raise Unreadable(
            name, "文件不完整或已损坏", "请重新下载或导出，再在 Word、Excel 或 WPS 中试着打开。"
        ) from error
    return frozenset(each.replace("\\", "/").lstrip("/").lower() for each in found)


def _compound(name: str, content: bytes, progress: Progress) -> Document:
    from steelyard.intake.reading.sheets.compound import CompoundFile

    try:
        streams = CompoundFile(content).streams
    except Unusable as error:
        raise Unreadable(name, error.why, "请重新下载或导出，再试着打开。") from error
    for stream, why, mend in _OTHER_COMPOUNDS:
        if stream in streams:
            raise Unreadable(name, why, mend)
    if not streams & {"Workbook", "Book"}:
        raise Unreadable(name, "这不是文档或工作簿", "请核对是否交错了文件。")
    from steelyard.intake.reading.sheets.read_workbook import read_workbook

    return read_workbook(name, content, progress)


def _refuse_foreign(name: str, content: bytes) -> None:
    for pattern, why, mend in _FOREIGN:
        if re.match(pattern, content, re.DOTALL):
            raise Unreadable(name, why, mend)
    start = content[:4096].removeprefix(_MARK)
    if _PAGE.match(start):
        raise Unreadable(
            name,
            "这是网页（HTML）",
            "请在 Excel、Word 或 WPS 中打开，另存为 .xlsx 或 .docx 后再交。",
        )
    if _OLD_XML.match(start):
        raise Unreadable(
            name, "这是 XML 格式的电子表格", "请在 Excel 或 WPS 中打开，另存为 .xlsx 后再交。"
        )
