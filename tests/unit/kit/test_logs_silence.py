"""In a process of its own: nothing that anybody below us says reaches the log with its text."""

import json
import subprocess
import sys

import pytest

NUMBER = "990001195603120010"
LEAKS = {
    "a warning": "warnings.warn(text)",
    "a warning that is an error": "warnings.simplefilter('error'); warnings.warn(text)",
    "a library's line": "logging.getLogger('openpyxl').warning('cell %s', text)",
    "a line that cannot be made": "logging.getLogger('x').warning('%d', text)",
    "an exception": "raise ValueError(text)",
    "a thread": "t = threading.Thread(target=int, args=(text + 'x',)); t.start(); t.join()",
    "a finalizer": "type('F', (), {'__del__': lambda self: int(text + 'x')})()",
    "an event loop": "asyncio.run(lost())",
    "a spreadsheet": "read()",
}
SCRIPT = """
import asyncio, gc, io, logging, sys, threading, warnings
from datetime import datetime
from services.kit.logs import configure
text = "{number}"
async def fails():
    raise ValueError(text)
async def lost():
    task = asyncio.ensure_future(fails())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    del task
    gc.collect()
def read():
    import openpyxl
    book = openpyxl.Workbook()
    book.active["A1"] = int(text[:14])
    book.active["A1"].number_format = "yyyy-mm-dd"
    file = io.BytesIO()
    book.save(file)
    for row in openpyxl.load_workbook(file, read_only=True).active.iter_rows(values_only=True):
        pass
configure("test")
{leak}
"""


@pytest.mark.parametrize("name", LEAKS)
def test_nothing_that_a_library_says_reaches_the_log_with_its_text(name: str) -> None:
    script = SCRIPT.format(number=NUMBER, leak=LEAKS[name])
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert NUMBER[:14] not in done.stdout + done.stderr
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert lines
    assert all(line["service"] == "test" for line in lines)
