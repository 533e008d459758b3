"""Bounded reading and safe writing of files (读写).

A file is read only when it is a plain file, not larger than it may be, and
UTF-8. A file is written beside its place and renamed, so that a broken write
never loses what was there.
"""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
from pathlib import Path

from steelyard.errors import SteelyardError

LARGEST = 20 * 1024 * 1024
"""Bytes a text file may have."""


class FileMissing(SteelyardError):
    """A file that is needed is not there."""

    code = "files.missing"

    def __init__(self, path: Path) -> None:
        super().__init__(
            what="没有这个文件。", where=str(path), mend="请核对路径，或用 steelyard init 新建。"
        )


class FileTooLarge(SteelyardError):
    """A file is larger than any honest one."""

    code = "files.too-large"

    def __init__(self, path: Path, size: int, largest: int) -> None:
        super().__init__(
            what=f"文件有{size // 2**20}MB，超过上限{largest // 2**20}MB，未读取。",
            where=str(path),
            mend="请拆分文件，或删去与评价无关的内容。",
        )


class NotUtf8(SteelyardError):
    """A text file is in another encoding."""

    code = "files.not-utf8"

    def __init__(self, path: Path, line: int, looks_gbk: bool) -> None:
        guess = "，像是 GBK 编码" if looks_gbk else ""
        super().__init__(
            what=f"文件不是 UTF-8 编码{guess}。",
            where=f"{path} 第{line}行",
            mend="请在 Excel 或 WPS 中另存为“CSV UTF-8（逗号分隔）”，或用编辑器转为 UTF-8。",
        )


class FileUnreadable(SteelyardError):
    """A path cannot be read as a file."""

    code = "files.unreadable"

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(what=f"无法读取：{why}。", where=str(path), mend="请核对文件和访问权限。")


class NotWritten(SteelyardError):
    """A file cannot be written where it was wanted."""

    code = "files.not-written"

    def __init__(self, path: Path, error: OSError | ValueError) -> None:
        mend = _MENDS.get(getattr(error, "errno", None) or 0, "请换一个可以写入的文件夹。")
        super().__init__(what=f"无法写入：{system_says(error)}。", where=str(path), mend=mend)


class WouldOverwrite(SteelyardError):
    """Writing would replace something that was there before."""

    code = "files.would-overwrite"

    def __init__(self, path: Path) -> None:
        super().__init__(
            what="此处已有内容，未写入。", where=str(path), mend="请换一个新的文件夹。"
        )


_WHYS = {
    errno.ENOENT: "路径中有不存在的文件夹",
    errno.EEXIST: "路径中有一段是文件，不是文件夹",
    errno.ENOTDIR: "路径中有一段是文件，不是文件夹",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.EACCES: "没有访问权限",
    errno.EPERM: "没有访问权限",
    errno.EROFS: "磁盘或文件夹是只读的",
    errno.ENOSPC: "磁盘已满",
    errno.EFBIG: "文件超过了磁盘允许的大小",
    errno.ENAMETOOLONG: "文件名或路径过长",
    errno.EINVAL: "路径或文件名有不能用的字符",
    errno.ELOOP: "路径中的链接互相指向",
    errno.EBUSY: "文件正被别的程序使用",
    errno.EMFILE: "打开的文件过多",
    errno.EIO: "读写磁盘出错",
}
_FOLDER = "请换一个不存在、或确是文件夹的输出位置。"
_RIGHTS = "请换一个有权写入的文件夹，或请管理员开放权限。"
_SPACE = "请清出空间，或换一个磁盘。"
_MENDS = {
    errno.EEXIST: _FOLDER,
    errno.ENOTDIR: _FOLDER,
    errno.EISDIR: "请换一个文件名。",
    errno.EACCES: _RIGHTS,
    errno.EPERM: _RIGHTS,
    errno.EROFS: _RIGHTS,
    errno.ENOSPC: _SPACE,
    errno.ENAMETOOLONG: "请用短一些的文件名或文件夹名。",
    errno.EBUSY: "请关闭打开着这个文件的程序，再试一次。",
}


def system_says(error: OSError | ValueError) -> str:
    """Return what the system says in Chinese, a clause without a full stop (系统的话).

    Args:
        error: Of opening, reading or writing. A path with a NUL, or a text with half
            a character, is a ValueError.
    """
    if not isinstance(error, OSError):
        return "路径或内容有不能用的字符"
    number = error.errno
    return _WHYS.get(number or 0) or (f"系统拒绝（代号{number}）" if number else "系统拒绝")


def load_text(path: Path, largest: int = LARGEST) -> str:
    """Return the text of a UTF-8 file, a BOM taken off.

    Raises:
        FileMissing: Nothing is there.
        FileTooLarge: It has more than ``largest`` bytes; it was not read.
        NotUtf8: It is in another encoding; GBK is recognised by name.
        FileUnreadable: It is no plain file, or holds bytes that no text has.
    """
    try:
        if not path.exists():
            raise FileMissing(path)
        if not path.is_file():
            raise FileUnreadable(path, "不是文件")
        size = path.stat().st_size
        if size > largest:
            raise FileTooLarge(path, size, largest)
        raw = path.read_bytes()
    except OSError as error:
        raise FileUnreadable(path, system_says(error)) from error
    if b"\0" in raw:
        raise FileUnreadable(path, "内容不是文本")
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise NotUtf8(path, line, _is_gbk(raw)) from error


def _is_gbk(raw: bytes) -> bool:
    try:
        raw.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return True


def fingerprint(path: Path) -> str:
    """Return the SHA-256 of a file as hex.

    Raises:
        FileMissing: Nothing is there.
        FileUnreadable: It is no plain file, or the system refuses.
    """
    digest = hashlib.sha256()
    try:
        if not path.exists():
            raise FileMissing(path)
        if not path.is_file():
            raise FileUnreadable(path, "不是文件")
        with path.open("rb") as stream:
            while block := stream.read(2**20):
                digest.update(block)
    except OSError as error:
        raise FileUnreadable(path, system_says(error)) from error
    return digest.hexdigest()


def write_file(path: Path, content: bytes | str) -> None:
    """Write a file beside its place, then rename it there.

    Whoever reads ``path`` meanwhile sees the old content or the new, whole.
    Text is written as UTF-8.

    Raises:
        NotWritten: The system refuses, or the text has characters that no file holds.
    """
    try:
        raw = content.encode("utf-8") if isinstance(content, str) else content
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(raw)
                stream.flush()
                os.fsync(stream.fileno())
            Path(beside).chmod(0o644)
            Path(beside).replace(path)
        except BaseException:
            Path(beside).unlink(missing_ok=True)
            raise
    except (OSError, ValueError) as error:
        raise NotWritten(path, error) from error
