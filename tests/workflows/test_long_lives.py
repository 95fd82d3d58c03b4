"""Twenty years of one seat: no run grows beyond its bound, no act is lost when a run continues as a new one (D13).

The whole of it takes minutes and is for `make test-deep`; here a shorter life is led under a narrower bound.
"""

import asyncio
import os
from datetime import date, timedelta

import pytest
from temporalio.client import WorkflowHandle

from contracts.commands.case import LoadCaseCalendar
from contracts.policy.model import CalendarYear
from contracts.vocabulary import CaseState
from tests.asking import local
from tests.engine import Clock, WorkflowDesk
from tests.fakes import FakeRecord
from tests.tenures import OFFICE, SeatOffice, tenure_opening, year
from tests.workflows.conftest import Open
from workflows import options
from workflows.kinds.tenure.case import Tenure

