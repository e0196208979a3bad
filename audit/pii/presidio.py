"""Loading Presidio so that it fetches nothing, writes nothing and logs no text."""

import logging
import os
from functools import cache
from types import ModuleType


@cache
def predefined() -> ModuleType:
    """Import Presidio's predefined recognizers; two seconds, once per process."""
    # tldextract, which validates e-mail addresses, would ask the network for the list of
    # suffixes and keep it in the home folder. The list it ships is as good, and always the same.
    os.environ["TLDEXTRACT_PUBLIC_SUFFIX_LIST_URLS"] = ""
    for name in ("presidio-analyzer", "decision_process", "tldextract", "filelock"):
        # They log the texts and what they found in them.
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    import tldextract.tldextract
    from presidio_analyzer import predefined_recognizers

    tldextract.tldextract.TLD_EXTRACTOR = tldextract.TLDExtract(cache_dir=None, suffix_list_urls=())
    return predefined_recognizers
