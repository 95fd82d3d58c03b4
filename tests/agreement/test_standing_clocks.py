"""What the API counts as late against the clock of the rules: the officers' service knows no rule, only its words."""

from services.officers.readmodel.reading.standstill import ENDS_A_HOLD
from workflows.procedure.case import RESUMPTION


def test_the_same_tasks_run_while_a_case_is_held() -> None:
    assert ENDS_A_HOLD == RESUMPTION
