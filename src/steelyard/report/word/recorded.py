"""The record inside a returned Word file (读返回记录): found, checked, handed on.

Whoever has the file can forge it. Names that could not have been printed are
refused here; what a record says of the evaluation folder is checked there.
"""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from typing import Any, TypeGuard

from lxml import etree

from steelyard.errors import SteelyardError
from steelyard.report.word.record import FORMAT, NAMESPACE, ROOT

_CONTROL = re.compile("[\x00-\x08\x0a-\x1f]")
_UNWRITABLE = re.compile("[{}\x00-\x08\x0a-\x1f]")
"""What stands in no name of a file and in no reference."""

_HEAD = 1000
_DEEPEST = 4
_MOST_PARTS = 10_000


class NoRecord(SteelyardError):
    """A Word file that Steelyard did not write, or that lost its record."""

    code = "report.no-record"

    def __init__(self) -> None:
        super().__init__(
            what="文件中没有返回记录，无法知道各段对应哪个文件。",
            where="返回的报告",
            mend="请直接在 Steelyard 生成的 .docx 上修改，不要复制到新文件，也不要清除文档信息。",
        )


class RecordDamaged(SteelyardError):
    """The record inside a Word file is not as it was written."""

    code = "report.record-damaged"

    def __init__(self, why: str) -> None:
        super().__init__(
            what=f"文件中的返回记录不能用：{why}。",
            where="返回的报告",
            mend="请用生成时的 .docx 重新修改；若版本不同，请先升级 Steelyard。",
        )


def load_record(package: zipfile.ZipFile, names: list[str]) -> dict[str, Any]:
    """Return the record of a Word file.

    Args:
        package: The file, its size bounded.
        names: Of its parts.

    Raises:
        NoRecord: It was not written by Steelyard, or lost its record.
        RecordDamaged: The record was changed, is one of two, or of another version.
    """
    found = []
    for name in names:
        if not (name.startswith("customXml/") and name.endswith(".xml")):
            continue
        content = package.read(name)
        # Ours is one text, of any length; another program's part keeps the limits.
        # A text of ours holds no ``<``, so nothing in it can define anything.
        huge = NAMESPACE.encode() in content[:_HEAD] and b"<!" not in content
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=huge)
        try:
            root = etree.fromstring(content, parser)
        except etree.LxmlError:
            continue  # another program's part; ours would be missed below
        if root.tag == ROOT:
            found.append(root)
    if not found:
        raise NoRecord
    if len(found) > 1:
        raise RecordDamaged("其中有两份")
    return _checked("".join(found[0].itertext()).strip(), found[0].get("sha256", ""))


def _checked(text: str, digest: str) -> dict[str, Any]:
    if hashlib.sha256(text.encode()).hexdigest() != digest:
        raise RecordDamaged("它在生成之后被改动过")
    try:
        record = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise RecordDamaged("它不完整") from error
    if not isinstance(record, dict) or record.get("format") != FORMAT:
        raise RecordDamaged("它是另一个版本写的")
    if not _is_whole(record):
        raise RecordDamaged("它缺少内容，或者有不能用的名称")
    return record


def _is_whole(record: dict[str, Any]) -> bool:
    """Tell whether a record has the form that the writer gives it."""
    passages, figures = record.get("passages"), record.get("figures")
    outside = record.get("outside")
    return (
        isinstance(record.get("fingerprint"), str)
        and isinstance(record.get("title"), str)
        and isinstance(passages, dict)
        and all(_is_passage(each) for each in passages.values())
        and isinstance(figures, dict)
        and all(
            _has_texts(each, "kind", "reference", "text")
            and each["kind"] in {"figure", "link", "gap"}
            and not _UNWRITABLE.search(each["reference"])
            for each in figures.values()
        )
        and isinstance(outside, list)
        and all(isinstance(each, str) for each in outside)
    )


def _has_texts(value: object, *names: str) -> TypeGuard[dict[str, Any]]:
    return isinstance(value, dict) and all(isinstance(value.get(name), str) for name in names)


def _is_passage(value: object) -> bool:
    return (
        _has_texts(value, "key", "file", "source")
        and not _CONTROL.search(value["key"])
        and not _UNWRITABLE.search(value["file"])
        and isinstance(value.get("part"), int)
        and 0 < value["part"] < _MOST_PARTS
        and isinstance(value.get("after", ""), str)
        and isinstance(value.get("paragraphs"), list)
        and all(_is_paragraph(each) for each in value["paragraphs"])
    )


def _is_paragraph(value: object) -> bool:
    return (
        _has_texts(value, "number")
        and isinstance(value.get("level"), int)
        and 0 <= value["level"] <= _DEEPEST
        and isinstance(value.get("pieces"), list)
        and all(
            isinstance(piece, list)
            and len(piece) == 3
            and isinstance(piece[0], str)
            and isinstance(piece[1], bool)
            and isinstance(piece[2], str)
            for piece in value["pieces"]
        )
    )
