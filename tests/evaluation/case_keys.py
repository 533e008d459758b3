"""Which figure of the published case each data item of the sample was taken from."""

ITEMS = {
    "年初预算数": "budget.approved_initial",
    "年初批复预算数": "budget.approved_current_year",
    "年初结转结余数": "carryover.opening_total",
    "追加预算总额": "budget.added_total",
    "基本支出追加预算数": "budget.added_basic",
    "本级追加项目支出预算数": "budget.added_local",
    "上级转移支付追加预算数": "budget.added_superior",
    "调减预算总额": "budget.reduced_total",
    "全年预算数": "budget.adjusted_total",
    "基本支出全年预算数": "budget.full_year_basic",
    "项目支出全年预算数": "budget.full_year_project",
    "上级专项新增数": "budget.adjust_exempt",
    "全年支出决算数": "expenditure.final",
    "基本支出决算数": "expenditure.basic",
    "项目支出决算数": "expenditure.project",
    "年末结转结余": "carryover.total",
    "结转金额": "carryover.carry_forward",
    "结余金额": "carryover.surplus",
    "部门总收入": "revenue.total",
    "财政拨款收入": "revenue.fiscal",
    "其他收入": "revenue.other",
    "表14决算数合计": "expenditure.project_table14_total",
    "编制数": "staff.quota",
    "在职人员数": "staff.actual",
    "机关行政编制数": "staff.quota_admin",
    "中小企业服务中心编制数": "staff.quota_sme_center",
    "中小企业服务中心管理人员编制数": "staff.quota_sme_center_management",
    "中小企业服务中心专业技术人员编制数": "staff.quota_sme_center_technical",
    "煤炭安全生产技术中心编制数": "staff.quota_coal_center",
    "煤炭安全生产技术中心管理人员编制数": "staff.quota_coal_center_management",
    "煤炭安全生产技术中心专业技术人员编制数": "staff.quota_coal_center_technical",
    "煤炭安全生产技术中心工勤人员编制数": "staff.quota_coal_center_worker",
    "下设事业单位数": "units.subordinate_institutions",
    "本级及所属单位数": "units.total",
    "公用经费预算安排数": "public_funds.budget",
    "公用经费实际支出数": "public_funds.actual",
    "三公经费预算安排数": "three_public.budget",
    "三公经费实际支出数": "three_public.actual",
    "政府采购预算数": "procurement.budget",
    "实际政府采购金额": "procurement.actual",
    "固定资产总额": "assets.total",
    "在用固定资产总额": "assets.in_use",
    "固定资产明细账金额": "assets.ledger_and_card",
    "固定资产科目余额表金额": "assets.trial_balance",
    "重点工作项目总数": "projects.total_count",
    "新增认定创新型中小企业数": "output.quality_sme.innovative",
    "新增认定省级专精特新中小企业数": "output.quality_sme.specialized",
    "预算项目数": "sample.projects_total",
    "抽查项目数": "sample.projects_sampled",
    "项目抽查占比": "sample.project_rate",
    "抽查项目资金数": "sample.sampled_amount",
    "资金抽查占比": "sample.fund_rate",
    "部门问卷发放份数": "survey.department.issued",
    "部门问卷有效份数": "survey.department.valid",
    "部门履职满意度": "satisfaction.department",
    "受益对象问卷发放份数": "survey.beneficiary.issued",
    "受益对象问卷有效份数": "survey.beneficiary.valid",
    "受益对象满意度": "satisfaction.beneficiary",
    "自评全年预算数": "self_eval.full_year_budget",
    "自评全年执行数": "self_eval.full_year_executed",
    "自评预算完成率": "self_eval.completion_rate",
    "自评项目经费": "self_eval.funds.project",
    "自评州本级项目经费": "self_eval.funds.project_local",
    "自评上级补助项目经费": "self_eval.funds.project_superior",
    "评价开始日期": "report.evaluation_start",
    "评价结束日期": "report.evaluation_end",
    "方案意见填表日期": "feedback.scheme_form_date",
    "报告意见填表日期": "feedback.report_form_date",
    "报告日期": "report.date",
}

GOALS = {
    "工业总产值完成额": ("output.industrial_output.plan", "output.industrial_output.actual"),
    "规模工业增加值增长": ("output.value_added_growth.plan", "output.value_added_growth.actual"),
    "新增规模工业企业数量": (
        "output.new_scale_enterprises.plan",
        "output.new_scale_enterprises.actual",
    ),
    "培育优质中小企业数量": ("output.quality_sme.plan", "output.quality_sme.actual"),
    "电池新材料产业产值完成额": (
        "output.battery_materials.plan",
        "output.battery_materials.actual_scored",
    ),
    "全州工业投资额": (
        "output.industrial_investment.plan",
        "output.industrial_investment.actual",
    ),
    "园区产值完成占比": ("output.park_share.plan", "output.park_share.actual"),
    "园区招商项目数量": ("output.park_projects.plan", "output.park_projects.actual"),
    "电煤保供": ("output.coal_supply.plan", "output.coal_supply.actual"),
    "全州工业税收": ("benefit.industrial_tax.plan", "benefit.industrial_tax.actual"),
    "规上工业企业利润": ("benefit.industrial_profit.plan", "benefit.industrial_profit.actual"),
    "全州规模企业总户数": (
        "benefit.scale_enterprises_total.plan",
        "benefit.scale_enterprises_total.actual",
    ),
    "新增就业": ("benefit.new_jobs.plan", "benefit.new_jobs.actual"),
}

FROM = {
    **ITEMS,
    **{
        f"{goal}.{side}": key
        for goal, keys in GOALS.items()
        for side, key in zip(("目标值", "实际值"), keys, strict=True)
    },
}

UNITS = {"名": "人", "元": "万元"}
"""Units that the sample writes otherwise; 元 was printed where 万元 was meant."""

TABLES = {
    "项目": (
        "projects.csv",
        {
            "序号": "no",
            "名称": "project_name",
            "级次": "fund_level_derived",
            "年初预算数": "initial_budget",
            "追加预算数": "added_budget",
            "决算数": "final_expenditure",
            "年中追加": "added_midyear",
            "追加日期": "added_date",
            "状态": "status",
        },
    ),
    "资金": (
        "funds_summary.csv",
        {
            "编号": "no",
            "名称": "name",
            "年初结转结余": "opening_carryover",
            "批复预算数": "approved_budget",
            "追加预算": "added",
            "调减预算": "reduced",
            "全年预算数": "full_year_budget",
            "决算数": "final_expenditure",
            "年末结转结余": "closing_carryover",
        },
    ),
    "三公经费": (
        "three_public.csv",
        {
            "侧": "side",
            "名称": "item",
            "基本支出": "basic_expenditure",
            "项目支出": "project_expenditure",
            "合计": "total",
        },
    ),
    "抽样项目": (
        "sampled_projects.csv",
        {"序号": "no", "名称": "project_name", "金额": "amount_wan_yuan"},
    ),
    "上级追加项目": (
        "superior_funds.csv",
        {"序号": "no", "名称": "project_name", "金额": "amount"},
    ),
    "自评项目": (
        "self_evaluation_projects.csv",
        {
            "级次": "fund_level",
            "名称": "project_name",
            "预算数": "budget",
            "执行数": "executed",
            "填报执行率": "stated_execution_rate",
            "满意度": "satisfaction_value",
            "项目序号": "table14_no_mapped",
        },
    ),
    "部门问卷": (
        "survey_department.csv",
        {
            "题号": "question_no",
            "选项序号": "option_no",
            "选项": "option",
            "人数": "count",
            "占比": "percent",
            "有效份数": "valid_n",
        },
    ),
    "受益对象问卷": (
        "survey_beneficiary.csv",
        {
            "题号": "question_no",
            "选项序号": "option_no",
            "选项": "option",
            "人数": "count",
            "占比": "percent",
            "有效份数": "valid_n",
        },
    ),
}
"""Our tables, the files of the case, and their columns."""
