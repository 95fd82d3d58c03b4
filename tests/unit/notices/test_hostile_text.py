"""Text that people typed: printed as it stands, on its own line, and never an address or a template."""

import pytest

from contracts.addresses import is_address
from contracts.lettering.filling import LetterError
from contracts.lettering.plain import one_line
from contracts.policy.model import Text
from services.notices.casefile import Contact, Reporter
from services.notices.composing import compose
from services.notices.letters import Addressee, Kind
from services.notices.renderer import write
from tests.letters import POLICY, file, letter, written
from tests.stories import AT, FACT

HOSTILE = (
    "{{ 7*7 }}",
    "{% for x in ().__class__.__base__.__subclasses__() %}{{ x }}{% endfor %}",
    "{{ cycler.__init__.__globals__ }}",
    "{# gone #}",
    "${7*7}",
    "#{7*7}",
    "%(person_name)s",
    "{person_name}",
    "{0.__class__}",
    "<b>&amp;</b>",
    "%s%n",
)
BREAKS = ("\r\n", "\n", "\r", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029")
INVISIBLE = ("\u202e", "\u202d", "\u2066", "\u2069", "\u200b", "\u200f", "\ufeff", "\u061c")


@pytest.mark.parametrize("payload", HOSTILE)
def test_text_from_people_is_printed_as_it_stands_and_never_carried_out(payload: str) -> None:
    hostile = file(
        person=Contact(name=payload, firm=payload, email=""),
        facts={
            1: FACT.model_copy(
                update={"text": payload, "issuer": payload, "document_no": payload, "subject_id": payload}
            )
        },
        remark=payload,
        reporters={1: Reporter(ident="k1", name=payload, contact="")},
    )
    for code, says in (
        ("N02", "remark"),
        ("N07", "facts"),
        ("N08", "facts"),
        ("N11", "nothing"),
        ("N13", "nothing"),
    ):
        body = written(letter(code, hits=(1,), says=says), hostile).body["zh"]
        assert payload in body
        assert "49" not in body.replace(payload, "")
        assert "__main__" not in body


def test_a_hostile_batch_title_is_printed_as_it_stands() -> None:
    body = written(
        letter(
            "N01",
            Addressee(code="nominating_bodies", kind=Kind.ROLE, roles=("NOMINATOR",)),
            title="{{ 7*7 }}\n签发人：某人",
        )
    ).body["zh"]
    assert "{{ 7*7 }} 签发人：某人" in body


@pytest.mark.parametrize("mark", BREAKS)
def test_a_line_break_in_a_name_cannot_begin_a_line_of_the_letter(mark: str) -> None:
    hostile = file(
        person=Contact(name=f"甄{mark}特此通知", firm=f"厂{mark}依据：无", email=""),
        facts={1: FACT.model_copy(update={"text": f"欠税{mark}2. 另一事项"})},
    )
    honest = file(
        person=Contact(name="甄 特此通知", firm="厂 依据：无", email=""),
        facts={1: FACT.model_copy(update={"text": "欠税 2. 另一事项"})},
    )
    one = letter("N08", hits=(1,), says="facts")
    spaces = "  " if mark == "\r\n" else " "
    assert written(one, hostile).body["zh"].replace(spaces, " ") == written(one, honest).body["zh"]
    assert len(written(one, hostile).subject["zh"].splitlines()) == 1


@pytest.mark.parametrize("mark", INVISIBLE)
def test_what_cannot_be_seen_is_left_out(mark: str) -> None:
    assert one_line(f"甄{mark}试{mark}人") == "甄试人"


def test_rare_characters_and_middle_dots_stay_bit_exact() -> None:
    for name in ("𠮷野", "阿卜杜拉·买买提", "\uf900", "葛\U000e0100"):
        assert one_line(name) == name


@pytest.mark.parametrize(
    "address", ["a@b.example", "first.last+tag@sub.example.org", "x_y@1-2.example", "a" * 64 + "@example.org"]
)
def test_one_plain_address_is_an_address(address: str) -> None:
    assert is_address(address)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "@example.org",
        "a@",
        "a@b@c.example",
        "a b@example.org",
        "a@example.org,c@example.org",
        "a@example.org;c@example.org",
        "甄 <a@example.org>",
        "<a@example.org>",
        '"a b"@example.org',
        "a@example.org\r\nBcc: c@example.org",
        "a@example.org\n",
        "a\x00@example.org",
        "a@exa\u2028mple.org",
        "甄@example.org",
        "a@例.org",
        "ａ@example.org",
        "a@[127.0.0.1]",
        "a@-b.org",
        "a..b@example.org",
        "(c)a@example.org",
        "a" * 65 + "@example.org",
        "a@" + "b" * 64 + ".org",
        "a@" + ".".join(["b" * 60] * 5),
    ],
)
def test_anything_else_is_none(text: str) -> None:
    assert not is_address(text)


def test_a_text_over_a_field_that_is_not_given_is_an_error() -> None:
    fields = compose(letter("N04"), file(), POLICY, "n", AT)
    for broken in ({**fields["zh"], "secret": "x"}, {k: v for k, v in fields["zh"].items() if k != "seat"}):
        with pytest.raises(LetterError, match="fields"):
            write(POLICY.notice("N04"), POLICY.letter_frame, {"zh": broken, "en": fields["en"]})


@pytest.mark.parametrize(
    "text",
    [
        "{{ person_name.__class__.__mro__ }}",
        "{{ nope }}",
        "{{ person_name.format(1) }}",
        "{% include 'x' %}",
    ],
)
def test_a_text_that_reaches_further_than_values_is_an_error(text: str) -> None:
    # The policy's own checks refuse such a text before it is released; the environment refuses it again.
    base = POLICY.notice("N04")
    reaching = base.model_copy(update={"text": Text(zh=text, en=text)})
    with pytest.raises(LetterError, match="cannot be filled"):
        write(reaching, POLICY.letter_frame, compose(letter("N04"), file(), POLICY, "n", AT))
