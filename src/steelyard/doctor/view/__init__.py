"""The view (诊察): a document as the checks see it.

Plain text, every number with its class and unit, tables with what their rows
and columns mean, and the headings that things stand under.
"""
