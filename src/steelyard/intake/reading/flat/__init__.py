"""Plain text, above all the text layer of a PDF (文本).

Holds the encoding, the lines, the joining of wrapped lines and the rebuilding of
tables whose rules are lost. Refuses to guess silently: a table that its own
figures do not confirm says so.
"""
