"""One rule of every family, as a framework declares it."""

from fractions import Fraction

COMPLETION = {"use": "completion"}
REVERSE = {"use": "completion-reverse"}
GROWTH = {"use": "completion-growth", "target": "目标率"}
BANDS = {
    "use": "bands",
    "bands": [
        {"at": "100%", "points": 2},
        {"from": "90%", "below": "100%", "points": Fraction("1.5")},
        {"above": "50%", "to": "80%", "points": 1},
        {"to": "50%", "points": 0},
    ],
}
SATISFACTION = {
    "use": "satisfaction",
    "bands": [
        {"from": "95%", "share": "100%"},
        {"from": "80%", "below": "95%", "share": "80%"},
        {"below": "80%", "share": "0%"},
    ],
}
PASS = {"use": "pass-fail", "when": "x ≤ 100%"}
STEPS = {"use": "steps", "base": "100%", "each": "1%", "lose": Fraction("0.2")}
OPEN_STEPS = {**STEPS, "open_side": True}
CARRIED = {"use": "steps", "base": "0%", "each": "5%", "lose": Fraction("0.5")}
IN_USE = {**STEPS, "side": "below", "full": 2}
SHARE = {"use": "deduct-share"}
TASKS = {"use": "per-task", "lose": Fraction("0.1"), "noun": "工作任务未完成"}
LIST = {
    "use": "checklist",
    "points": [{"text": "目标合理", "points": 1}, {"text": "指标明确", "points": 2}],
}
SHARES = {
    "use": "checklist-share",
    "points": [{"text": "内容合规", "share": "40%"}, {"text": "公开及时", "share": "60%"}],
}
POINT_DEFECTS = {
    "use": "checklist-defects",
    "lose": "20%",
    "points": [{"text": "保存完整", "share": "40%"}, {"text": "账实相符", "share": "60%"}],
}
ITEMS = {"use": "defects", "lose": Fraction("0.5"), "items": ["预算制度", "合同制度"]}
COUNTED = {"use": "defects", "lose": "5%", "count": "不符合要求的项数"}
SPLIT = {
    "use": "split",
    "parts": [
        {"text": "年初项目完成", "points": 1, "when": "甲 ≥ 1万元"},
        {"text": "年中项目完成", "points": Fraction("0.5"), "when": "乙 ≥ 1万元"},
    ],
}
VETO = {"use": "veto", "text": "发生重大问题", "then": COUNTED}
