"""Recognition (识别): which data items the cells of a document are.

A document goes in with the data dictionary, sightings, questions and mistakes
come out. Only what an attentive accountant would take without asking is taken.
"""
