"""What is asked of a new password, and that one password is one however it was typed."""

import pytest

from services.officers.identity.commonest import commonest
from services.officers.identity.passwords import LEAST, MOST, Passwords, password_fault

GOOD = (
    "three long words here",
    "只有我知道这一句话是什么意思吧",
    "office-secret-1",
    "        a quiet place",
    "zhangwei sits by the window",
    "aaaaaaaaaaaaaaab-c",
)


@pytest.mark.parametrize("password", GOOD)
def test_length_is_enough(password: str) -> None:
    assert password_fault(password, "u1", "张伟") is None


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("", "or more"),
        ("a" * (LEAST - 1), "or more"),
        ("b" + "long enough " * 20, "at most"),
        ("a" * 20, "over and over"),
        ("Aa" * 10, "over and over"),
        ("abcdabcdabcdabcdab", "over and over"),
        ("123456789012345", "commonest"),
        ("password12345678", "commonest"),
        ("PasswordPassword1234", "commonest"),
        ("woaini1314woaini520", "commonest"),
        ("qwertyuiopasdfghjkl", "commonest"),
        ("ｐａｓｓｗｏｒｄ１２３４５６７８", "commonest"),
        ("li.weiguo.li.weiguo.li", "the login"),
        ("zhao-yun-district-01", "the login"),
        ("李卫国李卫国李卫国李卫国李卫国", "over and over"),
        ("李卫国1960李卫国李卫国李卫国", "the name"),
    ],
)
def test_what_is_easily_guessed_is_refused_and_not_repeated(password: str, says: str) -> None:
    login = "li.weiguo" if "weiguo" in password else "zhao-yun-district"
    fault = password_fault(password, login, "李卫国")
    assert fault is not None
    assert says in fault.en
    assert len(password) < 5 or password not in fault.en + fault.zh


def test_the_longest_password_is_taken() -> None:
    words = " ".join(f"word{number}" for number in range(60))
    assert password_fault(words[:MOST], "u1", "张伟") is None
    assert password_fault(words[: MOST + 1], "u1", "张伟") is not None


def test_the_list_is_there_and_in_one_spelling() -> None:
    assert len(commonest()) > 400
    assert {one.casefold() for one in commonest()} == commonest()


async def test_full_width_letters_of_an_input_method_are_the_same_password() -> None:
    passwords = Passwords()
    stored = await passwords.hash("ｔｈｒｅｅ long words")
    assert await passwords.fits(stored, "three long words")
    assert await passwords.fits(stored, "ｔｈｒｅｅ　ｌｏｎｇ　ｗｏｒｄｓ")
    assert not await passwords.fits(stored, "Three long words")
