"""Milliseconds a letter, as PDF and as .docx: one of each type of the policy, set by a setter that is warm."""

import statistics
import time
from typing import get_args

from services.kit.papers import Form
from services.notices.papers.printing import printed
from tests.bench.saying import Verdict, percentile
from tests.letters import POLICY, letter
from tests.papers import paper, setter

ROUNDS = 5
TARGETS: dict[Form, float] = {"pdf": 250.0, "docx": 250.0}
"""Milliseconds: whoever opens a letter does not notice that it is set then."""


def measure() -> list[Verdict]:
    """Print how long a letter takes in each form; the verdicts."""
    began = time.perf_counter()
    setter()
    printed(paper(letter(POLICY.notices[0].code)), "pdf", setter())
    first = (time.perf_counter() - began) * 1000
    letters = [paper(letter(one.code)) for one in POLICY.notices]
    verdicts = []
    print(f"papers: {len(letters)} letters, one of each type; the very first takes {first:.0f} ms")
    for form in get_args(Form):
        taken, used = [], time.process_time()
        for one in letters * ROUNDS:
            began = time.perf_counter()
            printed(one, form, setter())
            taken.append((time.perf_counter() - began) * 1000)
        middle, used = statistics.median(taken), (time.process_time() - used) * 1000 / len(taken)
        print(
            f"  {form}: p50 {middle:.1f} ms, p99 {percentile(taken, 0.99):.1f} ms, {used:.1f} ms of CPU each"
        )
        verdicts.append(Verdict(f"a letter as {form}", middle, TARGETS[form], least=False, unit=" ms"))
    return verdicts
