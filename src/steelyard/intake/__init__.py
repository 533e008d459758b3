"""Collection (采集): workbooks, Word, PDF and text into facts with origin.

Reads what was handed in and says where each value stood. It sees no marks, and
corrects nothing it reads.
"""
