"""Known forms (已知表样): what the cells of official tables are called, as data.

A form says which data items its rows and columns mean, in whatever framework
knows such items. The next form is one more TOML file in ``catalogue``.
"""
