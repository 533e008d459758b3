"""The front door: what a file is shows in its content."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from types import ModuleType

import pytest
import xlsxwriter

from steelyard.errors import Gathered
from steelyard.intake.reading import read_file as door
from steelyard.intake.reading.document import Document
from steelyard.intake.reading.read_file import read_file, read_files
from steelyard.intake.reading.sheets.compound import alone
from steelyard.intake.reading.unreadable import Unreadable

OLD = (Path(__file__).parent / "sheets" / "data" / "expenditure.xls").read_bytes()


def workbook() -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    book.add_worksheet().write_row("A1", ["项", "额"])
    book.close()
    return buffer.getvalue()


def zipped(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "")
    return buffer.getvalue()


def kind_of(tmp_path: Path, content: bytes, name: str = "报告") -> str:
    path = tmp_path / name
    path.write_bytes(content)
    return read_file(path).kind


def refused(tmp_path: Path, content: bytes, name: str = "报告.xls") -> str:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(Unreadable) as caught:
        read_file(path)
    assert caught.value.where == name
    assert caught.value.mend
    return caught.value.what


@pytest.fixture
def stand_ins(monkeypatch: pytest.MonkeyPatch) -> None:
    """Readers that say only which of them was asked."""
    for kind, where in (
        ("docx", "word.read_word"),
        ("pdf", "pdf.read_pdf"),
        ("text", "flat.read_text"),
    ):
        module = ModuleType(where)

        def read(name: str, content: bytes, progress: object = None, kind: str = kind) -> Document:
            assert content
            assert progress is None or callable(progress)
            return Document(name, kind, "", ())

        setattr(module, where.partition(".")[2], read)
        monkeypatch.setitem(sys.modules, f"steelyard.intake.reading.{where}", module)


@pytest.mark.usefixtures("stand_ins")
class TestAFile:
    def test_is_known_by_its_content(self, tmp_path: Path) -> None:
        assert kind_of(tmp_path, zipped("[Content_Types].xml", "word/document.xml")) == "docx"
        assert kind_of(tmp_path, workbook()) == "workbook"
        assert kind_of(tmp_path, OLD) == "workbook"
        assert kind_of(tmp_path, b"\n\n%PDF-1.7\n") == "pdf"
        assert kind_of(tmp_path, "一、基本情况".encode("gb18030")) == "text"

    def test_of_comma_separated_values_is_a_workbook_by_its_name(self, tmp_path: Path) -> None:
        content = "项,额\n甲,1\n".encode()
        assert kind_of(tmp_path, content, "数.csv") == "workbook"
        assert kind_of(tmp_path, content, "数.txt") == "text"

    def test_with_another_ending_is_read_with_a_remark(self, tmp_path: Path) -> None:
        path = tmp_path / "报告.docx"
        path.write_bytes(workbook())
        assert read_file(path).remarks[0] == "文件名以“.docx”结尾，内容却是工作簿；已按内容读取。"

    @pytest.mark.parametrize("name", ["数.xlsx", "数.XLSX", "数"])
    def test_with_its_own_ending_or_none_has_no_remark(self, tmp_path: Path, name: str) -> None:
        path = tmp_path / name
        path.write_bytes(workbook())
        assert read_file(path).remarks == ()


class TestWhatIsNotRead:
    @pytest.mark.parametrize(
        ("content", "why"),
        [
            (b"<html><body><table><tr><td>1</td></tr></table></body></html>", "网页"),
            (b'\xef\xbb\xbf\r\n<?xml version="1.0"?><!-- x --><TABLE border=1>', "网页"),
            (b'<?xml?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "XML"),
            (b"MIME-Version: 1.0\r\n", "网页归档"),
            (b"\x89PNG\r\n\x1a\n0000", "图片"),
            (b"\xff\xd8\xff\xe0JFIF", "图片"),
            (rb"{\rtf1\ansi", "RTF"),
            (b"Rar!\x1a\x07", "压缩包"),
            (zipped("a.txt"), "压缩包"),
            (zipped("xl/workbook.bin"), ".xlsb"),
            (zipped("ppt/presentation.xml"), "演示文稿"),
            (zipped("OFD.xml"), "OFD"),
            (zipped("content.xml"), ".ods"),
            (alone("EncryptedPackage", b"x"), "已加密"),
            (alone("WordDocument", b"x"), ".doc"),
            (alone("Contents", b"x"), "不是文档"),
            (OLD[:700], "损坏"),
            (workbook()[:900], "损坏"),
            (b"", "空的"),
            (b" \r\n\0", "空的"),
        ],
        # The content of a package has the time of its making in it.
        ids=[
            *("html", "table", "xml", "mhtml", "png", "jpeg", "rtf", "rar", "zip", "xlsb", "pptx"),
            *("ofd", "ods", "encrypted", "doc", "ole", "xls-cut", "xlsx-cut", "empty", "blank"),
        ],
    )  # fmt: skip
    def test_is_told_in_a_sentence(self, tmp_path: Path, content: bytes, why: str) -> None:
        assert why in refused(tmp_path, content)

    def test_are_folders_devices_and_what_is_not_there(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "管道")
        told = {"": "文件夹", "管道": "不是普通文件", "没有.docx": "没有这个文件", "\0": "路径"}
        for name, why in told.items():
            with pytest.raises(Unreadable, match=why):
                read_file(tmp_path / name)
        with pytest.raises(Unreadable, match="不是普通文件"):
            read_file(Path("/dev/zero"))

    def test_is_a_file_above_the_limit(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(door, "LARGEST", 2**20)
        assert "文件有2MB，超过上限1MB" in refused(tmp_path, b"x" * 2**21)

    def test_is_a_package_of_more_parts_than_any_document(self, tmp_path: Path) -> None:
        assert "过多" in refused(tmp_path, b"PK\x03\x04" + b"PK\x01\x02" * 30_000)


class TestSeveralFiles:
    def test_are_read_in_their_order(self, tmp_path: Path) -> None:
        for name in ("乙.xlsx", "甲.xlsx"):
            (tmp_path / name).write_bytes(workbook())
        found = read_files([tmp_path / "乙.xlsx", tmp_path / "甲.xlsx"])
        assert [document.name for document in found] == ["乙.xlsx", "甲.xlsx"]

    def test_that_cannot_be_read_are_told_together(self, tmp_path: Path) -> None:
        with pytest.raises(Gathered) as caught:
            read_files([tmp_path / "无.docx", tmp_path])
        assert len(caught.value.errors) == 2


class TestTheDoor:
    def test_imports_no_library_before_it_is_needed(self) -> None:
        code = (
            "import sys, steelyard.intake.reading.read_file;"
            "print({'lxml', 'pypdfium2', 'python_calamine', 'docx'} & sys.modules.keys())"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        )
        assert done.stdout.strip() == "set()"
