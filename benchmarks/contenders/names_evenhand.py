"""Our whole search, names included, on the texts of a Parquet file; prints the seconds.

Starting the two workers and loading the model are not counted: they are asked something first.
"""

import sys
import time

import pyarrow.parquet as pq

from audit.pii.options import ScanOptions
from audit.pii.scanner import FEWEST_CHARACTERS, Scanner

texts = pq.read_table(sys.argv[1])["text"].to_pylist()
size = 300
first = [f"Jane Roe {i} ".ljust(size, ".") for i in range(FEWEST_CHARACTERS[True] // size + 1)]

with Scanner(ScanOptions(), workers=2) as scanner:
    scanner.scan(first, names=True)
    begun = time.perf_counter()
    found = scanner.scan(texts, names=True)
    print(time.perf_counter() - begun)
print(sum(map(bool, found.hits)), len(found.timed_out))
