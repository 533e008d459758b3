"""Self-evaluation forms checked as they come in (自评表核对).

What a department scored itself is held against itself, and against what the
evaluation knows. Nothing is taken from here, and nothing is stopped.
"""
