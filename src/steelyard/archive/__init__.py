"""Archives (档案): the sealed bundle, its manifest, its verification.

Holds what a stranger needs to weigh again in ten years. It alters nothing it
seals.
"""
