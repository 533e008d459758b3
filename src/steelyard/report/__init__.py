"""Reports (报告): one block model, written as pages, workbooks and documents.

Lays out what the evaluation holds; numbers are rounded for print here and in no
other stage. It computes no score, and types no number a second time.
"""
