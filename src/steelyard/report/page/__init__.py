"""The page writer (网页报告): blocks as one HTML file, every figure a door to its proof.

The file stands alone and loads nothing.
"""
