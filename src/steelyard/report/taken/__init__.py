"""Taking edited narrative back (取回): from a returned Word file into the folder.

Words are taken, figures are not: a figure comes from its fact, and a change to
it is refused and listed. Nothing is written until everything is known.
"""
