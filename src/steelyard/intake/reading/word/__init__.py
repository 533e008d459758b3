"""The Word reader (读 Word 文件): a .docx as a document of blocks.

It shows what a person sees when all changes are accepted: numbers of lists,
notes and text boxes included. Macros, links and embedded files stay untouched.
"""
