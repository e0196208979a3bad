"""The process that scans texts: ``python -m audit.pii.worker``.

The options come in as a line of JSON, then a batch of texts in each line; each line that goes out
answers one. When the other end goes away, so does this process. Nothing of a text is ever said:
what fails unforeseen is told by kinds and places alone.
"""

import json
import logging
import os
import sys
from typing import BinaryIO

from audit.errors import AuditError, trace
from audit.pii.batch import BatchScanner
from audit.pii.options import ScanOptions
from audit.pii.workers import Message, as_rows


def main() -> None:
    """Scan the batches that come in on standard input, until it closes."""
    logging.disable(logging.CRITICAL)
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    options = ScanOptions.model_validate_json(sys.stdin.buffer.readline())
    scanner = BatchScanner(options)
    for line in sys.stdin.buffer:
        _say(out, _answer(scanner, line))


def _answer(scanner: BatchScanner, line: bytes) -> Message:
    try:
        answer = scanner.find(**json.loads(line))
    except AuditError as error:
        return {"problem": error.problem, "hint": error.hint}
    except Exception as error:  # noqa: BLE001 - the other process decides
        return {"trace": trace(error)}
    return {"hits": as_rows(answer.hits), "timed_out": answer.timed_out}


def _say(out: BinaryIO, message: Message) -> None:
    out.write(json.dumps(message).encode() + b"\n")
    out.flush()


if __name__ == "__main__":
    main()
