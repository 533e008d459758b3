"""Reading (读件): a file in any of the usual formats as one document of blocks.

Says what stands where. It understands no figure, corrects nothing, and opens
nothing that the file points to.
"""
