"""Papers of an examination (体检结果的文书): lists, a workbook, a page, annotated copies.

They show what was found and where. They check nothing and change no original.
"""
