"""A place for every passage that has to be written (新建叙述).

Headings are put where text is missing; nothing that was written is touched. A
guide lists all passages, what belongs into them, and what stands there until then.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from steelyard.facts.dictionary import Kind
from steelyard.files.text import load_text, write_file
from steelyard.report.compose.composer import Composed
from steelyard.report.compose.material import FOLDER, LARGEST, SETTINGS, Material
from steelyard.report.compose.outline import (
    ChapterPart,
    EachPart,
    FormPart,
    Outline,
    Part,
    PassagePart,
)
from steelyard.report.model.blocks import Chart, Table

GUIDE = "说明.txt"


def begin_report(
    folder: Path, composed: Composed, material: Material, outline: Outline
) -> tuple[Path, ...]:
    """Write what is needed to fill in the narrative of a report.

    Args:
        folder: The evaluation folder.
        composed: Its report as it stands: it knows which passages there are.
        material: What was written already.
        outline: What the report consists of.

    Returns:
        The files written or added to.
    """
    home = folder / FOLDER
    files: dict[Path, str] = {home / GUIDE: _guide(composed, outline)}
    if not (home / SETTINGS).exists():
        files[home / SETTINGS] = _settings(outline)
    for key, passage in composed.document.passages.items():
        if passage.source or key in material.written:
            continue
        _add(files, folder / passage.file, key.partition("/")[2])
    for key in _in_forms(outline):
        if key not in material.written:
            file, _, heading = key.partition("/")
            _add(files, home / f"{file}.md", heading)
    for part in _parts(outline):
        if isinstance(part, ChapterPart) and not material.chapter(part.file):
            path = home / f"{part.file}.md"
            if not path.exists():
                files.setdefault(path, f"# {part.file}\n")
    for path, text in files.items():
        write_file(path, text)
    return tuple(files)


def _in_forms(outline: Outline) -> Iterator[str]:
    """Yield the passages that stand in forms only."""
    for part in _parts(outline):
        if isinstance(part, FormPart):
            yield from (cell.passage for row in part.rows for cell in row if cell.passage)


def _add(files: dict[Path, str], path: Path, heading: str) -> None:
    if path not in files:
        files[path] = load_text(path, LARGEST) if path.exists() else f"# {path.stem}\n"
    files[path] = f"{files[path].rstrip()}\n\n## {heading}\n\n"


def _settings(outline: Outline) -> str:
    lines = [f'outline = "{outline.id}"', "", "[words]"]
    for word in outline.words:
        said = f" # {word.meaning}" if word.meaning else ""
        # What has a default stays a comment until somebody wants it otherwise.
        mark = "" if word.default is None else "# "
        lines.append(f'{mark}"{word.name}" = "{word.default or ""}"{said}')
    return "\n".join([*lines, ""])


def _parts(outline: Outline) -> Iterator[Part]:
    pending: list[Part] = [part for section in outline.sections for part in section.parts]
    while pending:
        part = pending.pop(0)
        yield part
        if isinstance(part, EachPart):
            pending = [*part.parts, *pending]


def _examples(composed: Composed) -> Iterator[str]:
    """Yield references that lead somewhere in this very evaluation."""
    dictionary = composed.outcome.evaluation.ledger.dictionary
    items = [item for item in dictionary.items.values() if item.kind is Kind.NUMBER]
    if items:
        name = items[0].name
        yield f"　　数据项 {{{{ {name} }}}}，不带单位 {{{{ {name} | 数 }}}}"
        yield f"　　两位小数 {{{{ {name} | 2位 }}}}"
    if len(items) > 1:
        yield f"　　算式 {{{{ {items[0].name} / {items[1].name} | % | 2位 }}}}"
    leaf = composed.outcome.card.framework.leaves[0]
    yield f"　　得分 {{{{ 得分：{leaf.text} }}}}，总分 {{{{ 总分 }}}}，等级 {{{{ 等级 }}}}"
    names = [
        block.caption.anchor.replace(":", "：", 1)
        for block in composed.document.blocks()
        if isinstance(block, Table | Chart) and block.caption is not None
    ]
    if names:
        yield f"　　交叉引用 {'、'.join(f'{{{{ {name} }}}}' for name in names)}"


def _guide(composed: Composed, outline: Outline) -> str:
    hints = {p.key: p.hint for p in _parts(outline) if isinstance(p, PassagePart)}
    lines = [
        "报告叙述填写说明（本文件由 steelyard report begin 生成，可随时重新生成）",
        "",
        "每个 .md 文件是一章，“## 标题”之下是一段。数字写成引用，不手写；引用的写法：",
        *_examples(composed),
        "没有写的段落，用下面列出的默认文字；没有默认文字的，报告里标“待补”。",
    ]
    for key, passage in composed.document.passages.items():
        state = "默认文字" if passage.generated and passage.source else "已写"
        state = state if passage.source else "待写"
        lines += ["", f"〔{state}〕{passage.file} › ## {key.partition('/')[2]}"]
        if hints.get(key):
            lines.append(f"　　写什么：{hints[key]}")
        if passage.generated and passage.source:
            lines += [f"　　{line}" for line in passage.source.split("\n") if line.strip()]
    for key in _in_forms(outline):
        file, _, heading = key.partition("/")
        lines += ["", f"〔表格内〕{FOLDER}/{file}.md › ## {heading}"]
    for part in _parts(outline):
        if isinstance(part, ChapterPart) and not part.again:
            lines += ["", f"〔自由章节〕{FOLDER}/{part.file}.md：{part.hint}"]
    return "\n".join([*lines, ""])
