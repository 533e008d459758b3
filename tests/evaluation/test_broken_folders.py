"""Folders with mistakes: all are told at once, with file, line, field and mend."""

import os
import shutil
from fractions import Fraction
from pathlib import Path

import pytest
from tests.evaluation.conftest import Copy, prints

from steelyard.errors import Gathered, SteelyardError
from steelyard.evaluation.evaluation import Evaluation, evaluate, reach_of_all
from steelyard.evaluation.folder import load_book, load_evaluation
from steelyard.scoring.score import score

FACTS, JUDGEMENTS, PROJECTS = "facts.csv", "judgements.csv", "tables/项目.csv"
PUBLISHED, READINGS = "published.csv", "readings.csv"
SAFETY = "过程/资产管理/资产管理安全性"


def read(copy: Copy) -> Evaluation:
    before = prints(copy.folder)
    try:
        return load_evaluation(copy.folder)
    finally:
        assert prints(copy.folder) == before


def total(evaluation: Evaluation) -> Fraction | None:
    return score(evaluation.rubric, evaluation.ledger, evaluation.judgements).total


def mistakes(copy: Copy) -> list[SteelyardError]:
    with pytest.raises(SteelyardError) as caught:
        read(copy)
    errors = caught.value.errors if isinstance(caught.value, Gathered) else (caught.value,)
    return list(errors)


class TestAMistake:
    @pytest.mark.parametrize(
        ("file", "old", "new", "where", "what"),
        [
            (FACTS, "年初预算数,4501.85,万元", "年初预算数,4501.85,人", "第2行“单位”",
             "“年初预算数”的单位是“人”，数据字典要求“万元”。"),
            (FACTS, "年初预算数,4501.85,万元", "年初预算数,4501.85,银", "第2行“单位”",
             "不认识的单位“银”。"),
            (FACTS, "年初预算数,4501.85", "年初预算数,四千五百", "第2行“数值”",
             "“四千五百”不是数。"),
            (FACTS, "年初预算数,4501.85", "年初预算数,4501.8.5", "第2行“数值”", "不是数。"),
            (FACTS, "年初预算数,4501", "年初预算额,4501", "第2行“数据项”",
             "数据字典中没有“年初预算额”。"),
            (FACTS, "年初批复预算数,", "年初预算数,", "第3行“数据项”",
             "“年初预算数”重复，已见于facts.csv 第2行。"),
            (FACTS, "年初批复预算数,", "全年预算净调整数,", "第3行“数据项”",
             "“全年预算净调整数”由算式计算，不能填写。"),
            (FACTS, "2024-09-24", "2024-13-24", "“数值”", "不是日期。"),
            (FACTS, "数据项,数值", "数据项,金额", "第1行", "缺少列“数值”。"),
            (FACTS, "数据项,数值", "数据项,数据项,数值", "第1行", "列“数据项”出现了2次。"),
            (FACTS, "表14决算数合计", '"表14决算数合计', "facts.csv 第", "引号或分隔符不配对"),
            (PROJECTS, "3.80,3.80,是,11月,已完成", "3.80,3.80,是,11月,做完了", "第2行“状态”",
             "“状态”不能是“做完了”。"),
            (PROJECTS, "州本级,0.00,300.00", "州本级,0.00,约300", "第3行“追加预算数（万元）”",
             "“约300”不是数。"),
            (PROJECTS, "决算数（万元）", "决算数（人）", "第1行“决算数（人）”", "单位是“人”"),
            (PROJECTS, "决算数（万元）", "支出数（万元）", "第1行", "支出数"),
            (PROJECTS, "\n2,", "\n1,", "第3行“序号”", "“项目[1]”重复"),
            (PROJECTS, "\n2,", "\n,", "第3行“序号”", "“序号”是空的。"),
            (JUDGEMENTS, f"{SAFETY},④,1,账账不符", f"{SAFETY},④,若干,账账不符", "“结论”",
             "“若干”不是数。"),
            (JUDGEMENTS, f"{SAFETY},④,1,账账不符", f"{SAFETY},④,0.5,账账不符", "“结论”",
             "不符处数“0.5”应为不小于零的整数。"),
            (JUDGEMENTS, f"{SAFETY},④,1,账账不符", f"{SAFETY},④,-1,账账不符", "“结论”",
             "不符处数“-1”应为不小于零的整数。"),
            (JUDGEMENTS, f"{SAFETY},④", f"{SAFETY},⑨", "“要点”", "没有要点“⑨”。"),
            (JUDGEMENTS, f"{SAFETY},④", f"{SAFETY},00042", "“要点”", "没有要点“00042”。"),
            (JUDGEMENTS, f"{SAFETY},④", f"{SAFETY},③", "“要点”", "的要点③评判了两次"),
            (JUDGEMENTS, f"{SAFETY},④", "过程/资产,④", "“指标”", "没有指标“过程/资产”。"),
            (JUDGEMENTS, "绩效目标合理性,①,符合", "绩效目标合理性,①,大致符合", "第2行“结论”",
             "结论“大致符合”不明。"),
            (JUDGEMENTS, "要求,否决,未发生", "要求,否决,否", "“结论”", "结论“否”不明。"),
            (READINGS, "指标,口径,采用,仍可,理由",
             f"指标,口径,采用,仍可,理由\n{SAFETY},base,whole,,", "第2行", "没有读法“whole”"),
            (READINGS, "指标,口径,采用,仍可,理由",
             f"指标,口径,采用,仍可,理由\n{SAFETY},fit,scale,,", "第2行", "没有口径“fit”"),
            (READINGS, "指标,口径,采用,仍可,理由",
             f"指标,口径,采用,仍可,理由\n{SAFETY},base,leaf,,\n{SAFETY},base,point,,", "第3行",
             f"“{SAFETY}”的口径“base”写了两次。"),
            (PUBLISHED, "绩效目标合理性,2", "绩效目标合理性,二", "published.csv 第2行", "不是数。"),
            (PUBLISHED, "投入/目标设定/绩效指标明确性,3", "投入/目标设定/绩效目标合理性,3",
             "published.csv 第3行", "的公布得分写了两次。"),
            ("conflicts.csv", "118,亿元", "118,人", "第2行“单位”", "数据字典要求“亿元”"),
            ("conflicts.csv", "未决,公开稿计分用322", "悬着,公开稿计分用322", "“状态”",
             "状态“悬着”不明。"),
            ("conflicts.csv", "C04,全州工业税收.实际值,73", "C04,全州工业税收.实际值,", "“另一值”",
             "是空的"),
            ("conflicts.csv", "项目[30]", "项目[31]", "第3行“数据项”", "谈不上冲突"),
            ("evaluation.toml", "year = 2023", "", "evaluation.toml", "缺少“year”"),
            ("evaluation.toml", "year = 2023", "years = 2023", "evaluation.toml", "“years”"),
            ("evaluation.toml", "qiannan-2023@1", "qiannan-2023@2", "evaluation.toml 第",
             "指标体系“qiannan-2023”没有第2版，现有第1版"),
            ("evaluation.toml", "qiannan-2023@1", "guiyang-2023@1", "evaluation.toml 第",
             "没有指标体系“guiyang-2023@1”。"),
            ("evaluation.toml", "qiannan-2023@1", "./nowhere", "evaluation.toml 第",
             "没有指标体系“./nowhere”。"),
            ("evaluation.toml", "qiannan-2023@1", "./" + "长" * 300, "evaluation.toml 第",
             "没有指标体系"),
            ("evaluation.toml", "title = ", "title ", "evaluation.toml", "TOML"),
        ],
    )  # fmt: skip
    def test_is_told_with_its_place(
        self, copy: Copy, *, file: str, old: str, new: str, where: str, what: str
    ) -> None:
        copy.change(file, old, new)
        found = mistakes(copy)
        told = [error for error in found if where in error.where and what in error.what]
        assert told, [str(error) for error in found]
        for error in found:
            assert file.rpartition("/")[2] in error.where
            assert error.mend

    def test_that_loses_points_without_a_reason_is_told(self, copy: Copy) -> None:
        copy.change(JUDGEMENTS, "评价时未能提供合同管理制度", "")
        (found,) = mistakes(copy)
        assert found.what == "“过程/管理制度/管理制度健全性”的要点⑥扣分而没有理由。"
        assert found.where == "judgements.csv 第14行“理由”"

    def test_of_every_file_is_told_at_once(self, copy: Copy) -> None:
        copy.change("evaluation.toml", "year = 2023", 'year = "今年"')
        copy.change(FACTS, "4501.85,万元", "4501.85,人")
        copy.change(FACTS, "3758.17", "三千")
        copy.change(PROJECTS, "300.00,300.00", "甲,乙")
        copy.change(JUDGEMENTS, "①,符合", "①,好")
        copy.change("conflicts.csv", "未决", "在谈")
        copy.change(PUBLISHED, "绩效目标合理性,2", "绩效目标合理性,无数")
        copy.add(READINGS, "没有的指标,base,leaf,,")
        copy.path("tables/多余.csv").write_text("甲,乙\n1,2\n", encoding="utf-8")
        found = mistakes(copy)
        files = [error.where.split(" ")[0] for error in found]
        assert sorted(files) == sorted(
            ["evaluation.toml", FACTS, FACTS, PROJECTS, PROJECTS, JUDGEMENTS, "conflicts.csv",
             PUBLISHED, READINGS, "tables/多余.csv"]
        )  # fmt: skip
        assert all(error.what and error.mend for error in found)


class TestAFile:
    @pytest.mark.parametrize("name", [FACTS, JUDGEMENTS, PROJECTS])
    def test_in_another_encoding_is_refused_by_name(self, copy: Copy, name: str) -> None:
        text = copy.path(name).read_text(encoding="utf-8-sig")
        copy.path(name).write_bytes(text.encode("gb18030"))
        (found,) = [error for error in mistakes(copy) if name.rpartition("/")[2] in error.where]
        assert "像是 GBK 编码" in found.what

    @pytest.mark.parametrize("name", ["evaluation.toml", FACTS, JUDGEMENTS, PROJECTS])
    def test_may_begin_with_a_mark_and_end_its_lines_either_way(
        self, copy: Copy, name: str
    ) -> None:
        usual = total(read(copy))
        text = copy.path(name).read_text(encoding="utf-8-sig").replace("\n", "\r\n")
        copy.path(name).write_bytes("\ufeff".encode() + text.encode("utf-8"))
        assert total(read(copy)) == usual

    @pytest.mark.parametrize("name", ["evaluation.toml", FACTS, JUDGEMENTS, "conflicts.csv"])
    def test_that_is_empty_is_told(self, copy: Copy, name: str) -> None:
        copy.path(name).write_bytes(b"")
        assert any(name in error.where for error in mistakes(copy))

    @pytest.mark.parametrize(
        "name", ["evaluation.toml", FACTS, JUDGEMENTS, PROJECTS, READINGS, PUBLISHED, "sources.csv"]
    )
    def test_may_be_no_directory(self, copy: Copy, name: str) -> None:
        copy.path(name).unlink()
        copy.path(name).mkdir()
        assert any(name.rpartition("/")[2] in error.where for error in mistakes(copy))

    @pytest.mark.parametrize("name", [FACTS, PROJECTS])
    def test_that_is_huge_is_not_read(self, copy: Copy, name: str) -> None:
        with copy.path(name).open("wb") as file:
            file.truncate(64 * 2**20)
        with pytest.raises(SteelyardError) as caught:
            load_evaluation(copy.folder)
        assert "超过上限" in str(caught.value)

    def test_of_bytes_is_refused(self, copy: Copy) -> None:
        copy.path(FACTS).write_bytes(b"\x00\x01\x02")
        assert any("内容不是文本" in error.what for error in mistakes(copy))

    @pytest.mark.parametrize("name", [FACTS, "evaluation.toml"])
    def test_that_is_absent_is_told(self, copy: Copy, name: str) -> None:
        copy.path(name).unlink()
        (found,) = mistakes(copy)
        assert found.where.endswith(name)
        assert "没有这个文件" in found.what

    @pytest.mark.parametrize("name", [FACTS, JUDGEMENTS, PROJECTS, "evaluation.toml"])
    def test_may_not_lead_to_itself(self, copy: Copy, name: str) -> None:
        copy.path(name).unlink()
        copy.path(name).symlink_to(copy.path(name).name)
        try:
            outcome = evaluate(load_evaluation(copy.folder))
        except SteelyardError:
            return
        assert outcome.card.unscored

    def test_that_nobody_needs_may_be_left_out(self, copy: Copy) -> None:
        for name in ("conflicts.csv", READINGS, "sources.csv", PUBLISHED):
            copy.path(name).unlink()
        outcome = evaluate(read(copy))
        assert outcome.card.total == Fraction("81.77")
        assert outcome.differing == ()

    def test_of_published_scores_may_leave_some_out(self, copy: Copy) -> None:
        copy.change(PUBLISHED, "工业总产值完成额,1.18", "工业总产值完成额,")
        copy.change(PUBLISHED, "绩效目标合理性,2", "绩效目标合理性,—")
        evaluation = read(copy)
        assert len(evaluation.published) == 36
        assert evaluate(evaluation).differing == ()

    def test_of_a_table_may_be_left_out_at_the_price_of_a_score(self, copy: Copy) -> None:
        copy.path(PROJECTS).unlink()
        copy.path("conflicts.csv").unlink()
        outcome = evaluate(read(copy))
        assert outcome.card.total is None
        assert outcome.envelope is None
        assert outcome.has_errors
        assert {award.leaf.name for award in outcome.card.unscored} == {
            "项目支付进度率",
            "重点工作实际完成情况",
            "重点工作完成及时情况",
            "重点工作质量达标率",
        }

    @pytest.mark.parametrize("rows", ["", "{header}\n"])
    def test_of_a_table_without_rows_is_one_not_filled_in(self, copy: Copy, rows: str) -> None:
        header = copy.path(PROJECTS).read_text(encoding="utf-8").splitlines()[0]
        copy.path(PROJECTS).write_text(rows.format(header=header), encoding="utf-8")
        copy.path("conflicts.csv").unlink()
        evaluation = read(copy)
        award = score(evaluation.rubric, evaluation.ledger, evaluation.judgements).award(
            "重点工作实际完成情况"
        )
        assert (award.earned, award.missing) == (None, ("表“项目”",))

    def test_of_a_table_may_say_that_there_is_nothing_to_list(self, copy: Copy) -> None:
        header = copy.path(PROJECTS).read_text(encoding="utf-8").splitlines()[0]
        dashes = ",".join("—" for _ in header.split(","))
        copy.path(PROJECTS).write_text(f"{header}\n{dashes}\n", encoding="utf-8")
        copy.path("conflicts.csv").unlink()
        evaluation = read(copy)
        award = score(evaluation.rubric, evaluation.ledger, evaluation.judgements).award(
            "重点工作实际完成情况"
        )
        assert award.earned == 2

    def test_of_all_tables_may_be_left_out(self, copy: Copy) -> None:
        shutil.rmtree(copy.path("tables"))
        copy.path("conflicts.csv").unlink()
        assert read(copy).ledger.tables == {}

    def test_outside_the_folder_is_never_touched(self, copy: Copy) -> None:
        outside = copy.folder.parent / "outside.csv"
        outside.write_text("甲\n", encoding="utf-8")
        before = outside.stat().st_mtime_ns
        copy.path("tables/多余.csv").symlink_to(outside)
        mistakes(copy)
        assert outside.stat().st_mtime_ns == before
        assert os.listdir(copy.folder.parent)  # noqa: PTH208 - only that it is still there


class TestAJudgement:
    def test_may_be_numbered_plainly(self, copy: Copy) -> None:
        text = copy.path(JUDGEMENTS).read_text(encoding="utf-8")
        for number, mark in enumerate("①②③④⑤⑥⑦", start=1):
            text = text.replace(f",{mark},", f",{number},")
        copy.path(JUDGEMENTS).write_text(text, encoding="utf-8")
        assert total(read(copy)) == Fraction("81.77")

    def test_left_empty_is_missing_and_not_met(self, copy: Copy) -> None:
        copy.change(JUDGEMENTS, "绩效目标合理性,③,不符合", "绩效目标合理性,③,")
        award = evaluate(read(copy)).card.award("绩效目标合理性")
        assert award.state == "missing"
        assert award.missing == ("评判③整体绩效目标符合部门制定的中长期实施规划",)

    def test_takes_no_dash_for_a_verdict(self, copy: Copy) -> None:
        """A dash would cost the points of a point without anybody saying so."""
        copy.change(JUDGEMENTS, "预决算信息公开性,①,符合", "预决算信息公开性,①,—")
        with pytest.raises(SteelyardError) as refused:
            read(copy)
        assert "要点不能填“—”" in str(refused.value)


class TestDisputes:
    def test_too_many_in_one_leaf_leave_no_envelope_and_say_why(self, copy: Copy) -> None:
        for number in range(300):
            item = "全年支出决算数" if number % 2 else "全年预算数"
            copy.add("conflicts.csv", f"D{number},{item},{number + 1},万元,S1,,,未决,另有一说")
        outcome = evaluate(read(copy))
        assert outcome.envelope is None
        assert outcome.problem is not None
        assert "请先把其中几项定下来" in outcome.problem.mend
        assert reach_of_all(outcome) is None
        assert len(outcome.effects) > 300


class TestAReading:
    def test_of_the_folder_goes_before_that_of_the_framework(self, copy: Copy) -> None:
        copy.add(READINGS, f"{SAFETY},base,point,leaf、,另有解释")
        outcome = evaluate(read(copy))
        assert outcome.card.award(SAFETY).earned == Fraction("0.96")
        assert outcome.card.total == Fraction("81.93")
        choice = outcome.card.choices[SAFETY]["base"]
        assert (choice.use, choice.also, choice.why) == ("point", ("leaf",), "另有解释")


class TestAFolder:
    def test_that_is_none_is_told(self, tmp_path: Path) -> None:
        with pytest.raises(SteelyardError, match="没有这个文件"):
            load_evaluation(tmp_path / "nowhere")
        with pytest.raises(SteelyardError, match="没有这个文件"):
            load_book(tmp_path)
