"""The checks (检查项): one module a family, each a function of view and pen.

A check knows the language of reports and the arithmetic of the field. It knows
no report, department or figure.
"""
