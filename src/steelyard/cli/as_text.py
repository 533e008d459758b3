"""Outcomes as text for a terminal (文字输出).

Widths count a Chinese character as two columns.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from fractions import Fraction

from steelyard.checks.sentence import sentence
from steelyard.checks.tie_out import Result, counts
from steelyard.cli.as_json import points, rate, shown
from steelyard.evaluation.evaluation import Outcome
from steelyard.formula.derivation import Derivation
from steelyard.formula.say import say, say_figures
from steelyard.formula.tree import Aggregate, Constant, Label, Name
from steelyard.scoring.award import Award
from steelyard.scoring.envelope import Effect, Envelope
from steelyard.scoring.lint import Flaw

MARKS = {"broken": "✗ 不符", "unknown": "？无法核对", "residue": "≈ 尾差", "holds": "✓ 相符"}
MOST_UNKNOWN = 5
"""Claims without figures that are listed without being asked for."""

GRAVITY = {"error": "错误", "warning": "预警", "hint": "提示"}


def width(text: str) -> int:
    """Return the columns that a text takes."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def padded(text: str, columns: int, *, right: bool = False) -> str:
    """Return the text filled up to so many columns."""
    gap = " " * max(0, columns - width(text))
    return gap + text if right else text + gap


def table(headers: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int]) -> str:
    """Lay out rows under headers; columns in ``right`` are set to the right."""
    widths = [max(width(row[i]) for row in (headers, *rows)) for i in range(len(headers))]
    lines = [
        "  ".join(
            padded(c, w, right=i in right) for i, (c, w) in enumerate(zip(row, widths, strict=True))
        )
        for row in (headers, *rows)
    ]
    rule = "─" * max(width(line) for line in lines)
    return "\n".join([lines[0].rstrip(), rule, *(line.rstrip() for line in lines[1:])])


def outcome_text(outcome: Outcome) -> str:
    """Say what an evaluation came to: total, levels, lost points, what is open."""
    return "\n".join(_outcome(outcome))


def _outcome(outcome: Outcome) -> Iterator[str]:
    card, evaluation = outcome.card, outcome.evaluation
    places = card.framework.places
    yield evaluation.title
    yield f"指标体系：{card.framework.title}（{card.framework.reference}）"
    yield ""
    yield headline(outcome)
    yield ""
    rows = [
        (
            "　" * (len(level.group.path) - 1) + level.group.path[-1],
            points(level.points) or "",
            points(level.earned, places) or f"未评完（{points(level.so_far, places)}）",
            rate(level.rate) or "",
        )
        for level in card.levels
        if len(level.group.path) <= 2
    ]
    yield table(("指标", "分值", "得分", "得分率"), rows, right=(1, 2, 3))
    lost = [award for award in card.awards if award.earned is None or award.lost]
    if lost:
        yield ""
        yield f"扣分和未评分的指标（{len(lost)}项）："
        for award in lost:
            earned = points(award.earned, places) or "—"
            yield f"  {award.leaf.text}  {earned}/{points(award.points)}"
            yield f"    {award.because}"
    if evaluation.published:
        yield ""
        yield from _published(outcome)
    yield ""
    yield checks_line(outcome.results)
    open_flaws = [f for f in outcome.flaws if f.severity == "error" and not f.is_settled]
    settled = len(outcome.flaws) - len(open_flaws)
    yield f"指标体系体检：{len(outcome.flaws)}处问题，{settled}处已由口径确定。"
    if not evaluation.chain.is_empty:
        yield f"{chain_line(outcome)}（见 steelyard findings）"


def headline(outcome: Outcome) -> str:
    """Say total, grade, distance and reach; never the one without the others."""
    card, envelope = outcome.card, outcome.envelope
    places = card.framework.places
    if card.total is None or card.standing is None:
        waiting = "、".join(award.leaf.name for award in card.unscored[:6])
        more = "等" if len(card.unscored) > 6 else ""
        return (
            f"未评完：{len(card.unscored)}项指标还不能评分（{waiting}{more}），"
            f"已得{points(card.so_far, places)}分。"
        )
    standing = card.standing
    grades = card.framework.grades
    index = grades.index(standing.grade)
    parts = [f"总分 {points(card.total, places)}　等级 {standing.grade.name}"]
    if standing.to_lower is not None:
        parts.append(f"高出“{standing.grade.name}”下限 {points(standing.to_lower, places)}分")
    if standing.to_higher is not None:
        parts.append(f"距“{grades[index - 1].name}”还差 {points(standing.to_higher, places)}分")
    if envelope is not None:
        reach = f"得分区间 {points(envelope.low, places)}～{points(envelope.high, places)}"
        if len(envelope.grades) > 1:
            reach += f"（等级可能为{'、'.join(envelope.grades)}）"
        if envelope.without_total:
            reach += "（另有取法会使指标无法评分）"
        parts.append(reach)
    if outcome.problem is not None:
        parts.append(outcome.problem.what)
    return "　".join(parts)


def _published(outcome: Outcome) -> Iterator[str]:
    published, places = outcome.evaluation.published, outcome.card.framework.places
    same = len(published) - len(outcome.differing)
    yield f"与公布得分比较：{same}项相同，{len(outcome.differing)}项不同。"
    total = outcome.evaluation.published_total
    if total is not None:
        reckoned = points(outcome.card.total, places) or "未评完"
        yield f"  总分：公布{points(total, places)}，复算{reckoned}"
    for path, ours, theirs in outcome.differing:
        yield f"  {path}：公布{points(theirs, places)}，复算{points(ours, places)}"
        yield f"    {outcome.card.award(path).because}"


def checks_line(results: Sequence[Result]) -> str:
    """Say how many claims came to what."""
    found = counts(results)
    broken = [result for result in results if result.state == "broken"]
    errors = sum(1 for result in broken if result.check.severity == "error")
    return (
        f"核对：{found['holds']}项相符，{found['residue']}项尾差，"
        f"{found['broken']}项不符（其中错误{errors}项），{found['unknown']}项无法核对。"
    )


def chain_line(outcome: Outcome) -> str:
    """Say how many findings and recommendations there are, and how many gaps."""
    chain = outcome.evaluation.chain
    hints = sum(1 for gap in outcome.chain_gaps if gap.is_hint)
    found = [f"缺口{len(outcome.chain_gaps) - hints}处"]
    found += [f"提示{hints}处"] if hints else []
    return (
        f"问题链：{len(chain.findings)}个问题、{len(chain.recommendations)}条建议；"
        f"{'，'.join(found)}"
    )


def checks_text(results: Sequence[Result], *, all_of_them: bool) -> str:
    """List the claims, broken ones first; those that hold only when asked for."""
    order = list(MARKS)
    lines = []
    unknown = 0
    for result in sorted(results, key=lambda each: order.index(each.state)):
        unknown += result.state == "unknown"
        folded = result.state == "holds" or (result.state == "unknown" and unknown > MOST_UNKNOWN)
        if folded and not all_of_them:
            continue
        gravity = f"［{GRAVITY[result.check.severity]}］" if result.state == "broken" else ""
        lines.append(f"{MARKS[result.state]}{gravity} {sentence(result)}")
        origins = [str(origin) for origin in result.origins if str(origin)]
        places = "；".join(origins[:4])
        if places and result.state in ("broken", "unknown"):
            lines.append(f"    出处：{places}")
    if unknown > MOST_UNKNOWN and not all_of_them:
        lines.append(f"？另有{unknown - MOST_UNKNOWN}项无法核对，用 --all 列出。")
    return "\n".join([*lines, checks_line(results)])


def explain_text(award: Award, outcome: Outcome) -> str:
    """Show the derivation of one indicator as a tree, with readings and origins."""
    return "\n".join(_explain(award, outcome))


def _explain(award: Award, outcome: Outcome) -> Iterator[str]:
    places = outcome.card.framework.places
    compiled = outcome.evaluation.rubric.leaf(award.leaf.text)
    earned = points(award.earned, places) or "—"
    yield f"{award.leaf.text}　得 {earned} 分（分值 {points(award.points)}）"
    yield f"评分标准：{award.wording}"
    yield f"说明：{award.because}"
    published = outcome.evaluation.published.get(award.leaf.text)
    if published is not None:
        yield f"公布得分：{points(published, places)}"
    if compiled.asks():
        yield "评判："
        yield from _judged(award, outcome)
    if award.proof is not None and compiled.measures:
        yield "推导："
        yield from _tree(award.proof, "", outcome, award.leaf.measure_name, set())
    figures = [used for used in award.used if used.origin.source != "评判"]
    if figures:
        yield "所用数据："
        for used in figures:
            came = f"　← {used.origin}" if str(used.origin) else ""
            yield f"  {used.name} = {shown(used.value)}{came}"
            if used.origin.quote:
                yield f"      “{used.origin.quote}”"
            for name, origin in used.rows:
                yield f"      · {name}　← {origin}"
    choices = outcome.card.choices[award.leaf.text]
    if compiled.axes:
        yield "口径："
        for axis in compiled.axes:
            choice = choices[axis.key]
            why = f"（{choice.why}）" if choice.why else ""
            yield f"  {axis.question}：{axis.choices[choice.use]}{why}"
            others = "、".join(said for use, said in axis.choices.items() if use != choice.use)
            yield f"      可改为：{others}"
    moving = [
        effect
        for effect in outcome.effects
        if effect.change and any(path == award.leaf.text for path, _, _ in effect.leaves)
    ]
    if moving:
        yield "若改取："
        yield from (f"  {_effect_line(effect, places)}" for effect in moving)


def _judged(award: Award, outcome: Outcome) -> Iterator[str]:
    """Show what was judged, point by point."""
    path = award.leaf.text
    found = outcome.evaluation.judgements.get(path, {})
    words = {
        ("met", True): "符合",
        ("met", False): "不符合",
        ("happened", True): "发生",
        ("happened", False): "未发生",
    }
    for ask in outcome.evaluation.rubric.leaf(path).asks():
        judgement = found.get(ask.key)
        if judgement is None:
            yield f"  {ask.key}{ask.text}：未评判"
            continue
        verdict = f"{shown(judgement.value)}处不符"
        if isinstance(judgement.value, bool):
            verdict = words[ask.kind, judgement.value]
        why = f"（{judgement.why}）" if judgement.why else ""
        evidence = f"　← {judgement.evidence}" if judgement.evidence else ""
        yield f"  {ask.key}{ask.text}：{verdict}{why}{evidence}"


def _tree(
    step: Derivation, indent: str, outcome: Outcome, x: str, told: set[Derivation]
) -> Iterator[str]:
    general, figures, value = say(step.node, x), say_figures(step), shown(step.value)
    if isinstance(step.node, Label):
        general = step.node.label
    plain_name = isinstance(step.node, Name)
    middle = "" if plain_name or figures in (value, general) else f" = {figures}"
    where = ""
    if isinstance(step.node, Name):
        origin = outcome.evaluation.ledger.origin(step.node.text)
        where = "" if origin is None else f"　← {origin}"
    again = bool(step.inputs) and step in told
    told.add(step)
    yield f"  {indent}{general}{middle} = {value}{where}{'（推导见上）' if again else ''}"
    if again:
        return
    if isinstance(step.node, Aggregate) and step.rows:
        yield f"  {indent}  行：{'、'.join(step.rows[:30])}"
    for inner in step.inputs:
        if not isinstance(inner.node, Constant):
            yield from _tree(inner, indent + "  ", outcome, x, told)


def envelope_text(outcome: Outcome, everything: Envelope | None) -> str:
    """Show the reach of the total, what each open issue does, and what flips the grade."""
    return "\n".join(_envelope(outcome, everything))


def _envelope(outcome: Outcome, everything: Envelope | None) -> Iterator[str]:
    places = outcome.card.framework.places
    yield headline(outcome)
    envelope = outcome.envelope
    if envelope is None:
        return
    opened = [effect for effect in outcome.effects if effect.alternative.open]
    yield ""
    if opened:
        yield f"未决事项（{len(opened)}项），逐项单独改取："
        for effect in opened:
            yield f"  {_effect_line(effect, places)}"
            yield f"      现取理由：{effect.alternative.why or '未写明'}"
    else:
        yield "没有未决事项。"
    yield ""
    if envelope.flips:
        size = len(envelope.flips[0].alternatives)
        yield f"改变等级至少要同时改取{size}项："
        for flip in envelope.flips:
            yield f"  → {points(flip.total, places)} {flip.grade}"
            yield from (f"      · {way.text}" for way in flip.alternatives)
    elif not envelope.without_total:
        yield "未决事项无论怎样取，等级不变。"
    for ways in envelope.without_total:
        yield f"改取后有指标无法评分：{'；'.join(way.text for way in ways)}"
    settled = [e for e in outcome.effects if not e.alternative.open and e.change]
    if settled:
        settled.sort(key=lambda effect: abs(effect.change or Fraction(0)), reverse=True)
        yield ""
        yield f"已定的口径和已采信的数据，若改取（{len(settled)}项会改变总分，影响大的在前）："
        yield from (f"  {_effect_line(effect, places)}" for effect in settled)
    if everything is not None and settled:
        low, high = points(everything.low, places), points(everything.high, places)
        yield f"连同已定事项全部重议，总分可在 {low}～{high} 之间。"


def _effect_line(effect: Effect, places: int) -> str:
    change = points(effect.change, places) or "—"
    sign = "+" if effect.change is not None and effect.change > 0 else ""
    total = points(effect.total, places) or "无法评分"
    return f"{sign}{change} → {total} {effect.grade}　{effect.alternative.text}"


def flaws_text(flaws: Sequence[Flaw]) -> str:
    """List what is wrong in a rubric, and what settles it."""
    lines = []
    for flaw in flaws:
        mark = "已定" if flaw.is_settled else GRAVITY[flaw.severity]
        where = flaw.path or "整体"
        lines.append(f"［{mark}］{where}（framework.toml 第{flaw.line}行）：{flaw.what}")
        if flaw.settled:
            lines.append(f"    {flaw.settled}")
        elif flaw.mend:
            lines.append(f"    {flaw.mend}")
    open_ones = sum(1 for flaw in flaws if not flaw.is_settled)
    lines.append(f"共{len(flaws)}处，{len(flaws) - open_ones}处已由口径确定，{open_ones}处待定。")
    return "\n".join(lines)
