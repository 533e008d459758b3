"""LibreOffice as a converter (转换): a Word file in, a PDF out, one process.

It runs with a profile of its own, so that no open window of the user gets in
its way, and is ended with all its children when it takes too long.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from steelyard.errors import SteelyardError
from steelyard.files.text import system_says
from steelyard.report.pdf.faces import fontconfig

VARIABLE = "STEELYARD_SOFFICE"
"""Names the program where it is in no usual place."""

LIMIT = 180
"""Seconds that one conversion may take."""

_FILTER = (
    'pdf:writer_pdf_Export:{"ExportBookmarks":{"type":"boolean","value":"true"},'
    '"UseTaggedPDF":{"type":"boolean","value":"true"}}'
)
_USUAL = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
    "C:/Program Files (x86)/LibreOffice/program/soffice.exe",
    "/opt/libreoffice/program/soffice",
    "/snap/bin/libreoffice",
)


class OfficeMissing(SteelyardError):
    """No LibreOffice is installed."""

    code = "report.office-missing"

    def __init__(self, where: str = "") -> None:
        super().__init__(
            what="没有找到 LibreOffice，不能把 Word 文件转为 PDF。",
            where=where,
            mend=f"请安装 LibreOffice，或用环境变量 {VARIABLE} 写明 soffice 的路径；"
            "也可改用自带的排版方式。",
        )


class OfficeFailed(SteelyardError):
    """LibreOffice gave no PDF."""

    code = "report.office-failed"

    def __init__(self, office: Path, said: str) -> None:
        said = " ".join(said.split())[-300:]
        super().__init__(
            what="LibreOffice 没有转出 PDF" + (f"，提示“{said}”。" if said else "。"),
            where=str(office),
            mend="请用它打开一次 Word 文件，看能否另存为 PDF；也可改用自带的排版方式。",
        )


class OfficeTooSlow(SteelyardError):
    """A conversion took longer than it may."""

    code = "report.office-too-slow"

    def __init__(self, office: Path, limit: int) -> None:
        super().__init__(
            what=f"LibreOffice 转换超过{limit}秒，已停止。",
            where=str(office),
            mend="请稍后再试，或改用自带的排版方式。",
        )


def find_office(environment: Mapping[str, str] = os.environ) -> Path:
    """Return the LibreOffice program of this machine.

    Raises:
        OfficeMissing: There is none, or the place named has none.
    """
    named = environment.get(VARIABLE, "")
    if named:
        if not Path(named).is_file():
            raise OfficeMissing(f"{VARIABLE}={named}")
        return Path(named)
    for name in ("soffice", "libreoffice"):
        found = shutil.which(name, path=environment.get("PATH", ""))
        if found:
            return Path(found)
    for usual in _USUAL:
        if Path(usual).is_file():
            return Path(usual)
    raise OfficeMissing


def pdf_from_word(docx: bytes, *, office: Path, limit: int = LIMIT) -> bytes:
    """Convert a Word file to PDF, with an outline of its headings.

    Args:
        docx: The Word file.
        office: The program.
        limit: Seconds it may take.

    Raises:
        OfficeFailed: It cannot be started, or wrote nothing.
        OfficeTooSlow: It took longer, and was ended with all its children.
    """
    # Its helpers may still write to the profile when it has ended.
    with tempfile.TemporaryDirectory(prefix="steelyard-", ignore_cleanup_errors=True) as folder:
        place = Path(folder)
        source = place / "report.docx"
        source.write_bytes(docx)
        fonts = place / "fonts.conf"
        fonts.write_text(
            fontconfig(os.environ.get("FONTCONFIG_FILE") or "/etc/fonts/fonts.conf"),
            encoding="utf-8",
        )
        command = [
            str(office),
            f"-env:UserInstallation={(place / 'profile').as_uri()}",
            "--headless",
            "--norestore",
            "--nolockcheck",
            "--convert-to",
            _FILTER,
            "--outdir",
            str(place),
            str(source),
        ]
        said = _run(command, office, limit, os.environ | {"FONTCONFIG_FILE": str(fonts)})
        result = place / "report.pdf"
        if not result.is_file():
            raise OfficeFailed(office, said)
        return result.read_bytes()


def _run(command: list[str], office: Path, limit: int, environment: Mapping[str, str]) -> str:
    """Run a command in a group of its own; return what it said."""
    try:
        running = subprocess.Popen(  # noqa: S603 - the user's own LibreOffice, no shell
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=environment,
            start_new_session=True,
        )
    except OSError as error:
        raise OfficeFailed(office, system_says(error)) from error
    with running:
        try:
            said, _ = running.communicate(timeout=limit)
        except subprocess.TimeoutExpired:
            raise OfficeTooSlow(office, limit) from None
        finally:
            # Whatever it leaves behind goes, too: also when it failed or the user stops us.
            _end_group(running)
    return said.decode("utf-8", errors="replace")


def _end_group(running: subprocess.Popen[bytes]) -> None:
    """End a process and all that it started."""
    if sys.platform == "win32":
        if running.poll() is None:
            tree = ["taskkill", "/F", "/T", "/PID", str(running.pid)]
            subprocess.run(tree, capture_output=True, check=False)  # noqa: S603 - fixed words
        return
    try:
        os.killpg(running.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
