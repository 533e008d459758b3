"""What a report says of others' figures (转述): errors that it quotes are not its own."""

from __future__ import annotations

import re

from steelyard.doctor.view.passage import Passage

_QUOTING = re.compile(
    r"自评(?:报告|表|材料)?(?:中)?(?:的)?[^，。；]{0,6}(?:列示|填写|填报|显示|载明|反映|所列|把)"
    r"|(?:却|均|仍|误|错|也)填|填(?:为|成|作|报为)|率填|误填|错填|误写|误列|原印|印作|填写(?:错误|有误|不一致|不符)"
    r"|(?:金额|数据|口径|前后|账账|账实|账表|账证)(?:填写)?不(?:一致|符|相符)"
)
_SENTENCE_END = re.compile("[。！？]")


def is_quoted(passage: Passage, offset: int) -> bool:
    """Say whether a number stands in a sentence that reports somebody else's figures.

    Such a sentence often goes on in the next one: 另一栏则为 71.07 万元.
    """
    if not _QUOTING.search(passage.text):
        return False
    text = passage.text
    start = max((m.end() for m in _SENTENCE_END.finditer(text, 0, offset)), default=0)
    end = _SENTENCE_END.search(text, offset)
    return bool(_QUOTING.search(text, start, end.end() if end else len(text)))
