"""Zip packages from outside (压缩包): looked at before anything is unpacked."""

from __future__ import annotations

import io
import zipfile

LARGEST = 20 * 2**20
"""Bytes that a Word file from outside may have."""

LARGEST_UNPACKED = 200 * 2**20
"""Bytes that it may have unpacked."""

MOST_PARTS = 5000

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")


class Unusable(Exception):
    """Bytes that are no honest Word file; says why in Chinese, without a full stop."""


def bounded(content: bytes) -> list[str]:
    """Return the names of the parts of a Word file.

    Args:
        content: Bytes from outside.

    Raises:
        Unusable: They are too large, packed or unpacked, encrypted, no .docx, or
            hold a document type definition, which no Word file needs.
    """
    if len(content) > LARGEST:
        raise Unusable(f"文件有{len(content) // 2**20}MB，超过上限{LARGEST // 2**20}MB")
    if content.startswith(_OLE):
        raise Unusable("它已加密，或是旧的 .doc 格式")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            entries = package.infolist()
            if len(entries) > MOST_PARTS:
                raise Unusable("其中的文件过多")
            # The reader stops at the size that is announced, so this sum holds.
            if sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
                raise Unusable(f"解压后超过上限{LARGEST_UNPACKED // 2**20}MB")
            if any(entry.flag_bits & 1 for entry in entries):
                raise Unusable("它已加密")
            names = [entry.filename for entry in entries]
            if "[Content_Types].xml" not in names:
                raise Unusable("它不是 .docx 文件")
            for entry in entries:
                if entry.filename.endswith((".xml", ".rels")):
                    _no_definitions(package, entry)
            return names
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise Unusable("它不是 .docx 文件，或者已经损坏") from error
    except zipfile.LargeZipFile as error:
        raise Unusable("它过大") from error


def _no_definitions(package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    with package.open(entry) as stream:
        start = stream.read(4096)
    if b"<!DOCTYPE" in start or b"<!ENTITY" in start or "<!DOCTYPE".encode("utf-16-le") in start:
        raise Unusable("其中有 Word 不会写的定义")
