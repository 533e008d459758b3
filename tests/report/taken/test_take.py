"""Narrative edited in the delivered Word comes back: words are taken, figures are not."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape, unescape

import docx
import pytest
from docx.document import Document as WordDocument
from docx.text.paragraph import Paragraph
from tests.report.whole.sample_report import Copy, composed

from steelyard.report.compose.material import load_material
from steelyard.report.model.blocks import Document
from steelyard.report.taken.take import Taken, take, write
from steelyard.report.word.read_back import read_back
from steelyard.report.word.writer import word_file

FILE = "report/评价结论.md"


class Desk:
    """A folder, its report in Word, and somebody who edits it."""

    def __init__(self, folder: Path) -> None:
        self.copy = Copy(folder)
        self.word: WordDocument = docx.Document(io.BytesIO(word_file(self.report())))

    def report(self) -> Document:
        return composed(self.copy.folder)[1].document

    def paragraph(self, words: str, nth: int = -1) -> Paragraph:
        """The paragraph that holds these words; the last one is the body's."""
        found = [p for p in self.word.paragraphs if words in p.text]
        assert found, words
        return found[nth]

    def edit(self, old: str, new: str, nth: int = -1) -> None:
        for run in self.paragraph(old, nth).runs:
            if old in run.text:
                run.text = run.text.replace(old, new)
                return
        raise AssertionError(old)

    def taken(self) -> Taken:
        data = io.BytesIO()
        self.word.save(data)
        return take(read_back(data.getvalue()), load_material(self.copy.folder), self.report())

    def text(self, name: str) -> str:
        return (self.copy.folder / name).read_text(encoding="utf-8")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "evaluation")


class TestAReturnedReport:
    def test_that_nobody_touched_changes_nothing(self, desk: Desk) -> None:
        taken = desk.taken()
        assert taken.edited == ()
        assert taken.is_clean

    def test_brings_changed_words_back_into_their_line(self, desk: Desk) -> None:
        before = desk.text(FILE)
        old = "扣分集中在预算执行"
        assert old in before
        desk.edit(old, "扣分主要在预算执行")
        taken = desk.taken()
        assert [each.file for each in taken.edited] == [FILE]
        write(taken, desk.copy.folder)
        # Only these words moved: references and other lines are as they were.
        assert desk.text(FILE) == before.replace(old, "扣分主要在预算执行")

    def test_prints_the_same_figures_afterwards(self, desk: Desk) -> None:
        desk.edit("扣分集中在预算执行", "扣分主要在预算执行")
        old = desk.report()
        write(desk.taken(), desk.copy.folder)
        new = desk.report()
        texts = [[getattr(b, "text", "") for b in document.blocks()] for document in (old, new)]
        moved = [(a, b) for a, b in zip(*texts, strict=True) if a != b]
        assert moved
        assert all(a.replace("集中", "主要") == b for a, b in moved)

    def test_refuses_a_changed_figure_and_lists_it(self, desk: Desk) -> None:
        desk.edit("1.28", "1.38")
        taken = desk.taken()
        assert not taken.is_clean
        said = "".join((*taken.refused, *taken.remarks))
        assert "1.28" in said
        assert "1.38" in said

    def test_takes_the_words_beside_a_changed_figure(self, desk: Desk) -> None:
        paragraph = desk.paragraph("过程方面")
        figure = next(run for run in paragraph.runs if run.text == "19.08")
        figure.text = "29.08"
        paragraph.add_run("另有说明。")
        taken = desk.taken()
        assert len(taken.refused) == 1
        assert "19.08" in taken.refused[0]
        (edited,) = taken.edited
        assert edited.after.count("另有说明。") == 1
        assert "29.08" not in edited.after
        assert "{{ 得分：过程 }}" in edited.after

    def test_takes_new_paragraphs_and_typed_references(self, desk: Desk) -> None:
        paragraph = desk.paragraph("过程方面")
        new = paragraph.insert_paragraph_before("全年预算为{{ 全年预算数 }}。")
        new.style = paragraph.style
        taken = desk.taken()
        (edited,) = taken.edited
        assert "\n\n全年预算为{{ 全年预算数 }}。\n\n" in edited.after
        write(taken, desk.copy.folder)
        assert any(
            "全年预算为7479.37万元。" in getattr(b, "text", "") for b in desk.report().blocks()
        )

    def test_writes_a_generated_passage_down_once_it_is_edited(self, desk: Desk) -> None:
        desk.edit("本次绩效评价分阶段进行", "评价分阶段进行")
        taken = desk.taken()
        (edited,) = taken.edited
        assert edited.before == ""
        write(taken, desk.copy.folder)
        heading = edited.key.partition("/")[2]
        assert f"## {heading}" in desk.text(edited.file)

    def test_leaves_alone_what_was_changed_in_the_folder_too(self, desk: Desk) -> None:
        desk.edit("扣分集中在预算执行", "扣分主要在预算执行")
        desk.copy.change(FILE, "扣分集中在预算执行", "扣分都在预算执行")
        taken = desk.taken()
        assert taken.edited == ()
        assert "人工合并" in taken.clashes[0]

    def test_tells_of_changes_outside_the_narrative(self, desk: Desk) -> None:
        desk.word.tables[0].rows[0].cells[1].paragraphs[0].runs[0].text = "别的项目"
        taken = desk.taken()
        assert taken.edited == ()
        assert any("别的项目" in remark for remark in taken.remarks)

    def test_cannot_write_outside_the_narrative(self, desk: Desk) -> None:
        data = io.BytesIO()
        desk.edit("扣分集中在预算执行", "扣分主要在预算执行")
        desk.word.save(data)
        returned = read_back(_with_paths(data.getvalue(), "../../../etc/评价结论.md"))
        taken = take(returned, load_material(desk.copy.folder), desk.report())
        assert taken.edited == ()
        assert not taken.is_clean


def _with_paths(data: bytes, path: str) -> bytes:
    """Return the file with every recorded path replaced, its digest made to fit."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.startswith("customXml/item") and b"steelyard" in content:
                content = _forged(content, path)
            new.writestr(name, content)
    return out.getvalue()


def _forged(content: bytes, path: str) -> bytes:
    text = content.decode()
    match = re.search(r'sha256="([0-9a-f]{64})">(.*)</', text, re.DOTALL)
    if match is None:
        return content
    body = unescape(match[2], {"&quot;": '"'}).replace("report/评价结论.md", path)
    digest = hashlib.sha256(body.encode()).hexdigest()
    return text.replace(match[1], digest).replace(match[2], escape(body, {'"': "&quot;"})).encode()
