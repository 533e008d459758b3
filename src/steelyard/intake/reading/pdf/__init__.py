"""PDF files (PDF 文件): words by their places on the page, tables by their rules.

Nothing here trusts the order in which a file lists its characters, and nothing is
recognised from pictures.
"""
