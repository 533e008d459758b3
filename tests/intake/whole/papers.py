"""All papers of the sample, as the department and the evaluators hand them over."""

from __future__ import annotations

from pathlib import Path

from tests.intake.mess.as_docx import write_docx
from tests.intake.mess.as_pdf import write_pdf
from tests.intake.mess.as_xlsx import write_xlsx
from tests.intake.whole.accounts import final_accounts
from tests.intake.whole.forms import plan, self_evaluation
from tests.intake.whole.workbooks import bureau, fieldwork, funds, operations


def write_papers(home: Path) -> list[Path]:
    """Write the papers into a directory; return their paths in the order they are taken."""
    contents = {
        "部门整体支出绩效自评表及附表.docx": write_docx(self_evaluation()),
        "2023年度部门决算.pdf": write_pdf(final_accounts()),
        "资金和项目情况.xlsx": write_xlsx(funds()),
        "机构人员资产采购情况.xlsx": write_xlsx(bureau()),
        "业务工作数据.xlsx": write_xlsx(operations()),
        "现场评价和问卷统计.xlsx": write_xlsx(fieldwork()),
        "绩效评价实施方案.docx": write_docx(plan()),
    }
    paths = []
    for name, content in contents.items():
        path = home / name
        path.write_bytes(content)
        paths.append(path)
    return paths
