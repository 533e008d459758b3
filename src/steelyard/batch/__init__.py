"""Bulk (批量): the same rules over columns, for very many departments at once.

Equal to the scorer in every digit, on every engine. It has no rule of its own,
and accepts no result that is merely close.
"""
