"""Text files read within bounds, and written without losing any (文件).

Holds: reading UTF-8 text, CSV rows and TOML records so that every mistake
has a file, a line and a field; writing beside and renaming. Refuses: to know
what the rows and records mean.
"""
