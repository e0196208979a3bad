"""sweetviz with its defaults: CSV in, HTML out (it writes nothing else)."""

import sys

import pandas as pd
import sweetviz

source, target = sys.argv[1:3]
report = sweetviz.analyze(pd.read_csv(source))
report.show_html(filepath=target, open_browser=False)
