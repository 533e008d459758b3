"""Every rule by the name that frameworks use (评分标准登记).

A new rule is one class and one line here.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable

from steelyard.errors import SteelyardError
from steelyard.files.records import Record
from steelyard.scoring.rules.bands import Bands, PassFail, Satisfaction
from steelyard.scoring.rules.completion import Completion, CompletionGrowth, CompletionReverse
from steelyard.scoring.rules.compound import Split, Veto
from steelyard.scoring.rules.deduction import DeductShare, PerTask, Steps
from steelyard.scoring.rules.points import Checklist, ChecklistDefects, ChecklistShare, Defects
from steelyard.scoring.rules.rule import Rule


class UnknownRule(SteelyardError):
    """A leaf names a rule that does not exist."""

    code = "scoring.unknown-rule"

    def __init__(self, use: str) -> None:
        near = difflib.get_close_matches(use, list(RULES), n=1)
        hint = f"是否想写“{near[0]}”？" if near else f"可用：{'、'.join(RULES)}。"
        super().__init__(what=f"没有评分规则“{use}”。", mend=hint)


def _veto(record: Record) -> Veto:
    inner = record.raw("then")
    fields = inner if isinstance(inner, dict) else {}
    text = record.text("text")
    record.finish()
    held = Record.at_line(fields, record.place.file, record.line, record.problems, record.name)
    return Veto(text=text, inner=read_rule(held))


RULES: dict[str, Callable[[Record], Rule]] = {
    "completion": Completion.read,
    "completion-reverse": CompletionReverse.read,
    "completion-growth": CompletionGrowth.read,
    "bands": Bands.read,
    "satisfaction": Satisfaction.read,
    "pass-fail": PassFail.read,
    "steps": Steps.read,
    "deduct-share": DeductShare.read,
    "per-task": PerTask.read,
    "checklist": Checklist.read,
    "checklist-share": ChecklistShare.read,
    "checklist-defects": ChecklistDefects.read,
    "defects": Defects.read,
    "split": Split.read,
    "veto": _veto,
}
"""Every rule by the name that frameworks use."""


def read_rule(record: Record) -> Rule:
    """Return the rule that a record declares.

    Raises:
        UnknownRule: There is no rule of that name.
    """
    use = record.text("use")
    if use not in RULES:
        raise UnknownRule(use).at("rule")
    return RULES[use](record)
