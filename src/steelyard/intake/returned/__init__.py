"""What goes back to the sender of a faulty file (退回).

A workbook goes back as it came, with the cells coloured and explained; any other
file is answered with a list. Nothing is put right here, and no macro is run.
"""
