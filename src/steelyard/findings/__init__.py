"""Findings (问题): deduction, finding, cause, recommendation, rectification.

Holds the links between them in both directions, and the state of each finding.
It lowers no score, and moves no evaluation to another stage.
"""
