"""fg-data-profiling (the new name of ydata-profiling): CSV in, its HTML or its JSON out."""

import sys
from pathlib import Path

import pandas as pd
from data_profiling import ProfileReport

source, target, mode, form = sys.argv[1:5]
report = ProfileReport(pd.read_csv(source), minimal=mode == "minimal", progress_bar=False)
text = report.to_html() if form == "html" else report.to_json()
Path(target).write_text(text, encoding="utf-8")
