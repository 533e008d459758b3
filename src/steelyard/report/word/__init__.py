"""The Word writer (Word 报告): blocks as a .docx in official layout, and back again.

GB/T 9704-2012 by default; an agency's own template takes its place. It decides
looks, never content.
"""
