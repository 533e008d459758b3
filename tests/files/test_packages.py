"""Zip packages from outside are looked at before anything is unpacked."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from steelyard.files.packages import Bounds, Unusable, defines, opened

TYPES = "[Content_Types].xml"


def packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


SMALL = packed({TYPES: b"<Types/>", "word/a.xml": b"<a/>"})


def refused(content: bytes, ending: str = ".docx", bounds: Bounds | None = None) -> str:
    with pytest.raises(Unusable) as caught:
        opened(content, ending=ending, bounds=bounds or Bounds())
    return str(caught.value)


class TestAPackage:
    def test_names_its_parts(self) -> None:
        assert opened(SMALL).names == [TYPES, "word/a.xml"]

    @pytest.mark.parametrize("name", ["word/a.xml", "/word/a.xml", "Word/A.xml", "word\\a.xml"])
    def test_finds_a_part_however_its_name_is_written(self, name: str) -> None:
        package = opened(SMALL)
        assert name in package
        assert package.read(name, 10) == b"<a/>"

    def test_gives_no_part_that_is_missing_or_larger_than_allowed(self) -> None:
        package = opened(SMALL)
        with pytest.raises(Unusable, match=r"缺少 word/b\.xml"):
            package.read("word/b.xml", 10)
        with pytest.raises(Unusable, match="超过上限"):
            package.read("word/a.xml", 3)

    def test_gives_no_part_that_is_damaged(self) -> None:
        content = bytearray(packed({TYPES: b"", "a": b"x" * 100}))
        content[content.index(b"a", content.index(b"PK\x03\x04", 4) + 30) + 1] ^= 0xFF
        with pytest.raises(Unusable, match="损坏"):
            opened(bytes(content)).read("a", 1000)

    def test_unpacks_no_more_than_was_announced(self) -> None:
        """The directory says 10 bytes; a million are there."""
        content = bytearray(packed({TYPES: b"", "a": b"\0" * 10**6}))
        content[content.rindex(b"PK\x01\x02") + 24 :][:4] = b""
        at = content.rindex(b"PK\x01\x02") + 24
        content[at : at + 4] = struct.pack("<I", 10)
        with pytest.raises(Unusable, match="损坏"):
            opened(bytes(content)).read("a", 1000)


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        "content",
        [b"", b"no zip", b"PK\x03\x04broken", packed({"a": b""})],
        ids=["empty", "text", "broken", "without types"],
    )
    def test_is_what_is_no_such_package(self, content: bytes) -> None:
        assert "不是 .docx 文件" in refused(content)
        assert "不是 .xlsx 文件" in refused(content, ".xlsx")

    def test_is_the_format_before(self) -> None:
        old = bytes.fromhex("d0cf11e0a1b11ae1")
        assert refused(old) == "它已加密，或是旧的 .doc、.wps 格式"
        assert refused(old, ".xlsx") == "它已加密，或是旧的 .xls、.et 格式"

    def test_is_what_is_too_large(self) -> None:
        assert "超过上限0MB" in refused(SMALL, bounds=Bounds(packed=10))
        assert "解压后" in refused(SMALL, bounds=Bounds(unpacked=10))
        assert "过多" in refused(SMALL, bounds=Bounds(parts=1))

    def test_is_what_is_encrypted(self) -> None:
        content = bytearray(SMALL)
        content[content.index(b"PK\x01\x02") + 8] |= 1
        assert refused(bytes(content)) == "它已加密"

    def test_is_what_defines_entities(self) -> None:
        assert "定义" in refused(packed({TYPES: b"", "a.xml": b"<!DOCTYPE a>"}))


class TestDefinitions:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "utf-16"])
    def test_are_seen_in_every_encoding(self, encoding: str) -> None:
        assert defines("<a/> <!DOCTYPE a [] >".encode(encoding))
        assert not defines("<a>DOCTYPE</a>".encode(encoding))
