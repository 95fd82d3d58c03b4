"""The largest list as a workbook: 13,888 rows, read back to see that every cell is the text that it was."""

import io
import time
from datetime import UTC, datetime

import openpyxl

from services.console.exports import EXPORTS
from services.console.sheets.book import Column, Stamp, workbook
from tests.bench.saying import Verdict

ROWS = 13_888
"""Letters of a term: 992 nominees, 14 departments."""
SECONDS = 10.0
NUMBER, FORMULA = "150404199001011234", "=cmd|' /C calc'!A0"


def measure() -> list[Verdict]:
    """Print how long it takes; the verdict."""
    columns = [*EXPORTS["tasks"].head("zh"), Column("证件号码", 22)]
    filler = ["2026-03-16 24:00"] * (len(columns) - 2)
    lines = [[FORMULA, *filler, f"{int(NUMBER) + row}"] for row in range(ROWS)]
    began, used = time.perf_counter(), time.process_time()
    made = workbook(Stamp("我的任务", "王审", datetime.now(UTC)), columns, lines, "zh")
    seconds, used = time.perf_counter() - began, time.process_time() - used
    sheet = openpyxl.load_workbook(io.BytesIO(made), read_only=True).worksheets[1]
    back = [(row[0], row[-1]) for row in sheet.iter_rows(min_row=2)]
    wrong = [
        number
        for number, (first, last) in enumerate(back)
        if (first.value, first.data_type, last.value, last.data_type)
        != (FORMULA, "s", f"{int(NUMBER) + number}", "s")
    ]
    if wrong or len(back) != ROWS:
        raise RuntimeError(f"{len(back)} rows came back, {len(wrong)} of them as something else")
    print(
        f"workbook: {ROWS:,} rows of {len(columns)} cells in {seconds:.1f} s ({used:.1f} s of CPU), "
        f"{len(made) / 1024:.0f} KiB; 18 digits and `=cmd` came back as text in every row"
    )
    return [Verdict(f"workbook of {ROWS:,} rows", seconds, SECONDS, least=False, unit=" s")]
