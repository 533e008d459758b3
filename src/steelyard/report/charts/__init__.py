"""Charts as drawings (图): the bars of a chart as SVG.

Only what the chart says is drawn; nothing is computed but places.
"""
