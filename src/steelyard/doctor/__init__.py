"""The doctor (体检): reads a finished report and finds what does not hold.

Says the place, both sides, and the effect on score and grade. It rewrites no
report, and asks where it is not certain.
"""
