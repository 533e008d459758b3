"""What people answered (对照文件): a TOML file that the next file of the kind is read with.

Each block is one question. ``answer`` is empty until somebody fills it in; it is
one of the candidates, or a value or name that the question asks for.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from steelyard.errors import Problems
from steelyard.files.records import load_record
from steelyard.files.text import write_file
from steelyard.intake.sighting import Question

_HEAD = """# 对照文件：采集时的疑问和答复，同样的材料下次不再问
#
# 在 answer 后面填答案：照抄 candidates 里的一个，或填题目要的名称、单位、数值；填“忽略”则不取。
# 答完再运行同一条 steelyard take 命令。

"""


def load_answers(path: Path) -> dict[str, str]:
    """Return the answers of a file by the keys of their questions; empty ones are left out.

    Raises:
        Gathered: Every mistake of the file, with its line.
    """
    if not path.exists():
        return {}
    problems = Problems()
    answers: dict[str, str] = {}
    record = load_record(path, problems)
    for each in record.records("question"):
        key, answer = each.text("key"), each.text("answer", "")
        each.text("ask", "")
        each.text("where", "")
        each.texts("candidates")
        each.finish()
        if answer:
            answers[key] = answer
    record.finish()
    problems.settle()
    return answers


def save_questions(path: Path, questions: Iterable[Question], answers: Mapping[str, str]) -> int:
    """Write the questions that are open into a file, after those that it has.

    Args:
        path: The file; what stands in it stays, letter for letter.
        questions: Asked now.
        answers: Given before; their questions are not written again.

    Returns:
        How many were added.
    """
    known = set(answers)
    text = _HEAD
    if path.exists():
        text = path.read_text(encoding="utf-8-sig")
        problems = Problems()
        known |= {each.text("key") for each in load_record(path, problems).records("question")}
    added = [each for each in questions if each.key not in known]
    for each in added:
        place = f"{each.place.file} {each.place}"
        lines = [
            "[[question]]",
            f"key = {_quoted(each.key)}",
            f"ask = {_quoted(each.text)}",
            f"where = {_quoted(place)}",
            f"candidates = [{', '.join(_quoted(one) for one in each.candidates)}]",
            'answer = ""',
        ]
        text += ("" if text.endswith("\n\n") else "\n") + "\n".join(lines) + "\n\n"
    if added:
        write_file(path, text)
    return len(added)


def _quoted(text: str) -> str:
    """Return a text as TOML writes it; JSON's escapes are TOML's."""
    return json.dumps("".join(c for c in text if c.isprintable()), ensure_ascii=False)
