"""Identity numbers and credit codes: shape, date and check character, beside an independent implementation."""

import random
from datetime import date

import pytest
from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError

from contracts.numbers import (
    credit_check,
    credit_code_fault,
    resident_check,
    resident_id_fault,
)

TODAY = date(2026, 3, 2)
SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@pytest.mark.parametrize("number", ["11010519491231002X", "440524188001010014", "810000199408230021"])
def test_well_formed_identity_numbers_are_taken(number: str) -> None:
    fault = resident_id_fault(number, TODAY)
    # The second is of 1880, the only one of the three whose date cannot be.
    assert (fault is not None) == number.startswith("440524")


@pytest.mark.parametrize(
    "number",
    [
        "",
        "11010519491231002",
        "11010519491231002XX",
        "11010519491231002x",
        "11010519491231002Y",
        "01010519491231002X",
        "1101051949123100 X",
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105194913310028",
        "110105194902300021",
        "110105202603030011",
        "110105194912310020",
    ],
)
def test_a_malformed_identity_number_is_refused(number: str) -> None:
    assert resident_id_fault(number, TODAY) is not None


def test_the_check_character_of_identity_numbers_is_that_of_another_implementation() -> None:
    chance = random.Random(1)
    for _ in range(300):
        body = f"110105{chance.randint(1950, 2005)}{chance.randint(1, 12):02d}{chance.randint(1, 28):02d}"
        body += f"{chance.randint(0, 999):03d}"
        number = body + resident_check(body)
        assert ric.validate(number) == number
        assert resident_id_fault(number, TODAY) is None
        wrong = body + ("0" if number[-1] != "0" else "1")
        with pytest.raises(ValidationError):
            ric.validate(wrong)
        assert resident_id_fault(wrong, TODAY) is not None


def test_every_single_wrong_digit_of_an_identity_number_is_noticed() -> None:
    number = "11010519491231002X"
    for place in range(17):
        for digit in "0123456789":
            if digit != number[place]:
                assert resident_id_fault(number[:place] + digit + number[place + 1 :], TODAY) is not None


def test_the_check_character_of_credit_codes_is_that_of_another_implementation() -> None:
    chance = random.Random(2)
    for _ in range(300):
        body = "91110000" + "".join(chance.choice(SIGNS) for _ in range(9))
        code = body + credit_check(body)
        assert uscc.validate(code) == code
        assert credit_code_fault(code) is None
        wrong = body + ("0" if code[-1] != "0" else "1")
        with pytest.raises(ValidationError):
            uscc.validate(wrong)
        assert credit_code_fault(wrong) is not None


@pytest.mark.parametrize(
    "code", ["", "91110000", "9111000012345678IO", "9111000O123456789", "91 10000600037341"]
)
def test_a_malformed_credit_code_is_refused(code: str) -> None:
    assert credit_code_fault(code) is not None
