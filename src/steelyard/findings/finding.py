"""What an evaluation found, and what it recommends (问题与建议).

Both are kept as written, figure references and all; ``report`` puts the
figures in. Neither knows the score: a leaf is named by its path.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that was not as it should be (问题), with cause and evidence."""

    number: str
    """编号, by which recommendations name it: W01."""

    category: str
    """类别, the heading under which it is printed: 绩效管理方面."""

    title: str
    description: str = ""
    """表现: may have several paragraphs and ``{{ … }}`` figure references."""

    brief: str = ""
    """简述: one sentence, for summaries; empty when there is none."""

    cause: str = ""
    """原因: why it came about."""

    leaves: tuple[str, ...] = ()
    """Paths of the leaves that lost points for it; empty when none did."""

    evidence: str = ""
    where: str = ""
    """Where the evaluation folder records it: findings.csv 第2行."""

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The description, paragraph by paragraph."""
        return paragraphs(self.description)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """What should be done about findings (建议)."""

    number: str
    """编号, such as J01."""

    title: str
    content: str = ""
    """内容: may have several paragraphs and ``{{ … }}`` figure references."""

    brief: str = ""
    """简述: one sentence, for summaries; empty when there is none."""

    findings: tuple[str, ...] = ()
    """Numbers of the findings that it answers."""

    responsible: str = ""
    """责任单位, as written."""

    deadline: str = ""
    """期限, as written: 2024年底前."""

    where: str = ""
    """Where the evaluation folder records it: recommendations.csv 第2行."""

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The content, paragraph by paragraph."""
        return paragraphs(self.content)


def paragraphs(text: str) -> tuple[str, ...]:
    r"""Return the lines of a text that say something.

    >>> paragraphs("一是目标偏低。\n\n　　二是指标不全。")
    ('一是目标偏低。', '二是指标不全。')
    """
    return tuple(line.strip() for line in text.split("\n") if line.strip())
