"""What is too much, or too damaged, ends in a sentence."""

from __future__ import annotations

import io
import zipfile

import pytest
from tests.intake.reading.word.word_files import packed, parts_of

from steelyard.doctor import examine as module
from steelyard.doctor.examine import TooManyNumbers, examine
from steelyard.doctor.papers.summary import summary_of
from steelyard.doctor.papers.word_copy import word_copy
from steelyard.intake.reading.flat.read_text import read_text
from steelyard.intake.reading.read_file import read_content
from steelyard.intake.reading.unreadable import Unreadable

WRONG = (
    "<w:p><w:r><w:t>全年支出100万元，其中：基本支出60万元，项目支出50万元。</w:t></w:r></w:p>"
    "<w:p><w:r><w:t>预算数100万元，执行数50万元，执行率90%。</w:t></w:r></w:p>"
)


def test_more_numbers_than_can_be_held_together_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "MOST_NUMBERS", 3)
    document = read_text("报告.txt", "支出1万元、2万元、3万元、4万元。".encode())
    with pytest.raises(TooManyNumbers, match="没有核对"):
        examine([document])


def test_a_word_file_with_a_damaged_part_gets_no_copy_but_a_sentence() -> None:
    content = packed({**parts_of(WRONG), "word/theme/theme1.xml": b"theme" * 500})
    document = read_content("报告.docx", content)
    summary = summary_of(examine([document]))
    assert summary.findings
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        entry = package.getinfo("word/theme/theme1.xml")
    start = entry.header_offset + 30 + len(entry.filename)
    broken = content[: start + 4] + b"\xff\xff\xff" + content[start + 7 :]
    with pytest.raises(Unreadable, match="损坏"):
        word_copy(broken, document, summary)
