from __future__ import annotations

import json
from typing import Any

from tests.doctor.papers.made_examination import examined

from steelyard.doctor.papers.as_records import as_records


def records() -> Any:
    return json.loads(json.dumps(as_records(examined()), ensure_ascii=False))


class TestRecords:
    def test_count_the_numbers_by_what_became_of_them(self) -> None:
        numbers = records()["numbers"]
        kinds = numbers.pop("by_kind")
        assert numbers == {
            "total": 13,
            "verified": 1,
            "consistent": 1,
            "contradicted": 4,
            "unchecked": 7,
        }
        assert kinds["date"]["total"] == 1

    def test_hold_of_each_finding_what_is_asked_and_nothing_else(self) -> None:
        findings = records()["findings"]
        keys = {"rule", "severity", "message", "computed", "places", "effect"}
        assert all(set(each) == keys for each in findings)
        keys = {"file", "page", "line", "table", "cell", "quote"}
        assert all(set(place) == keys for each in findings for place in each["places"])

    def test_put_errors_before_questions_before_hints(self) -> None:
        found = [each["severity"] for each in records()["findings"]]
        assert found == ["error", "error", "question", "hint"]

    def test_say_table_and_cell_of_a_place(self) -> None:
        wrong = next(each for each in records()["findings"] if each["rule"] == "R01")
        assert wrong["places"][1] == {
            "file": "报告.docx",
            "page": None,
            "line": None,
            "table": "表1 资金情况表",
            "cell": "R4C3",
            "quote": "80",
        }

    def test_write_scores_as_text(self) -> None:
        assert records()["effects"] == [
            {"indicator": "预算执行率", "printed": "4.50", "computed": "4.00"}
        ]

    def test_name_the_files(self) -> None:
        assert [each["name"] for each in records()["files"]] == ["报告.docx", "自评表.docx"]
