"""Charts that are hard to draw, for the tests of charts."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal as OneOf

from steelyard.report.model.blocks import Caption, Chart, Point, Series
from steelyard.report.model.runs import Text

LONG = "全县乡村振兴重点帮扶项目（含2022年结转）资金支付进度"


def points(*labels: str) -> tuple[Point, ...]:
    """Points printed as given; an empty label is a value that is not there."""
    return tuple(
        Point(Fraction(label.rstrip("%").replace(",", "")), label, label, f"数据:{label}")
        if label
        else Point(None)
        for label in labels
    )


def chart(
    direction: OneOf["columns", "bars"],
    stacking: OneOf["beside", "sum", "share"],
    categories: tuple[str, ...],
    *series: Series,
    unit: str = "万元",
    name: str = "示意",
) -> Chart:
    """A chart of some series."""
    caption = Caption(kind="图", number=1, runs=(Text(name),), anchor=f"图:{name}")
    return Chart(
        caption=caption,
        direction=direction,
        stacking=stacking,
        categories=categories,
        series=series,
        unit=unit,
        alt=f"{name}的图示。",
    )


SATISFACTION = ("非常满意", "满意", "一般", "不满意", "非常不满意")


def gallery() -> tuple[Chart, ...]:
    """Every kind of chart, each with something awkward."""
    years = tuple(f"{year}年" for year in range(2016, 2024))
    return (
        chart(
            "columns",
            "sum",
            ("年初预算数", "上年结转", "追加", "调减", "全年预算数"),
            Series("起点", points("", "6120.40", "6980.11", "7479.37", ""), -1),
            Series("数额", points("6120.40", "859.71", "612.33", "113.07", "7479.37"), 0),
            name="预算变动",
        ),
        chart(
            "columns",
            "beside",
            years,
            Series("预算数", points(*(f"{12345 + 97 * n}.67" for n in range(8))), 0),
            Series("决算数", points(*(f"{11345 + 77 * n}.05" for n in range(7)), ""), 2),
            Series("结转", points(*(f"{n * 91}.5" for n in range(8))), 4),
        ),
        chart(
            "columns",
            "sum",
            ("基本支出", "项目支出", LONG, "其他"),
            Series("人员经费", points("520", "8", "300", "0"), 0),
            Series("公用经费", points("12.55", "9", "200", "3"), 1),
            Series("专项", points("7.01", "410", "30", "2"), 3),
        ),
        chart("columns", "beside", ("甲", "乙"), Series("增减", points("-45", "30"), 1)),
        chart(
            "bars",
            "beside",
            ("投入", "过程", "产出", LONG + "和" + LONG),
            Series("分值", points("10", "20", "35", "35"), 3),
            Series("得分", points("9.5", "15.28", "31.02", "0"), 0),
            unit="分",
        ),
        chart(
            "bars",
            "share",
            ("1.您对单位办事效率是否满意？", "2.您对政策宣传是否满意？", "3.没有人回答"),
            *(
                Series(word, points(label, other, ""), tone)
                for tone, (word, label, other) in enumerate(
                    zip(
                        SATISFACTION,
                        ("92.15%", "5.30%", "1.20%", "0.90%", "0.45%"),
                        ("40.00%", "20.00%", "20.00%", "10.00%", "10.00%"),
                        strict=True,
                    )
                )
            ),
            unit="%",
            name="满意度",
        ),
        chart("bars", "beside", ("增", "减"), Series("增减", points("1200000", "-800000"), 2)),
        chart(
            "columns",
            "share",
            ("甲", "乙"),
            *(Series(word, points("30", "1"), tone) for tone, word in enumerate(SATISFACTION)),
        ),
    )
