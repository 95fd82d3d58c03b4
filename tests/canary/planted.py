"""People, findings and reporters that are nowhere else: whoever finds a word of theirs knows where it came from."""

from dataclasses import replace

from services.ctl.demo import answers, scenes, stage
from services.ctl.demo.roster import (
    Nomination,
    Person,
    credit_code,
    nominations,
    resident_number,
    sitting_members,
)
from services.ctl.demo.story import Story

STEM = "鸑鷟鵁鶄"
"""In every name."""
NOMINEES = tuple(STEM + sign for sign in "甲乙丙")
MEMBERS = tuple(STEM + sign for sign in "丁戊己")
OTHERS = tuple(STEM + sign for sign in "庚辛")
"""Who stands on lists and leads a chamber, and who comes on a late roster."""
_NUMBERED = 7_001

FINDING = "欠缴之事系鬯鬱鬮鬻所为"
EXPLANATION = "本人以為齾齽齼齺之故"
WITHDRAWN = "因龘龖龗龔而撤回"
REPORTED = "反映其與龤龢龡龠往來"
REPORTER = "麤麢麠麡"
CONTACT = "reporter-7177@letters.invalid"
HELD_AGAINST = "三次缺席，自稱鱻鱺鱹鱸"
LISTED = "有履行能力而拒不履行，涉虪虩虢虠"
DOUBTED = "疑為他人，見驫驪驩驦"
LATE_BECAUSE = "名冊遲交，緣由爩爨爦爧"
WISH = "任職日期有誤，見灪灩灨灥"
ANSWER = "經核對予以更正，見靐靋靊靆"
FILED = "情況說明之龖龗虪麤"
"""What an uploaded paper is called."""
CALLED = "鬮鬻齾之手機"
"""What a second factor is called."""
AWAY = "因病住院，見爟爠爡爤"
"""Why somebody is absent."""
STORIES = (Story.HARD_VETO, Story.REPORT, Story.WITHDRAWS)

PATCHES = (
    (answers, "_FINDINGS", {**answers._FINDINGS, Story.HARD_VETO: ("NL-D01", FINDING)}),
    (answers, "_EXPLANATIONS", {**answers._EXPLANATIONS, Story.HARD_VETO: EXPLANATION}),
    (scenes, "WITHDRAWAL", WITHDRAWN),
    (scenes, "REPORT", {"text": REPORTED, "reporter": REPORTER, "reporter_contact": CONTACT}),
    (stage, "LEAD", HELD_AGAINST),
    (stage, "sitting_members", lambda count: members(count)),
)
"""Where the play takes what it says."""


def _with(row: Nomination, name: str, serial: int) -> Nomination:
    return replace(
        row,
        person=Person(name, resident_number(serial)),
        phone=f"000-{serial}{serial}",
        email=f"canary-{serial}{serial}@demo.invalid",
        firm=f"虚构{name}有限公司",
        credit_code=credit_code(serial),
    )


def nominees() -> tuple[Nomination, ...]:
    """Who is nominated, a story each."""
    rows = nominations(len(NOMINEES))
    return tuple(
        _with(row, name, _NUMBERED + at) for at, (row, name) in enumerate(zip(rows, NOMINEES, strict=True))
    )


def members(count: int) -> tuple[Nomination, ...]:
    """Who sits, and is to be removed."""
    rows = sitting_members(count)
    return tuple(
        _with(row, name, _NUMBERED + len(NOMINEES) + at)
        for at, (row, name) in enumerate(zip(rows, MEMBERS[:count], strict=True))
    )


def others() -> tuple[Nomination, ...]:
    """Who is nominated beside the stories, in the first district."""
    first = nominations(1)[0]
    begin = _NUMBERED + len(NOMINEES) + len(MEMBERS)
    return tuple(_with(first, name, begin + at) for at, name in enumerate(OTHERS))


def namesake() -> Person:
    """Somebody else, who is called as one of them."""
    return Person(OTHERS[0], resident_number(_NUMBERED + 90))


def words() -> list[str]:
    """What may lie nowhere but sealed: each is whole, or in all of its kind."""
    numbers = [row.person.id_number for row in (*nominees(), *members(len(MEMBERS)), *others())]
    numbers.append(namesake().id_number)
    said = ["鬯鬱鬮鬻", "齾齽齼齺", "龘龖龗龔", "龤龢龡龠", REPORTER, CONTACT, "鱻鱺鱹鱸"]
    said += ["虪虩虢虠", "驫驪驩驦", "爩爨爦爧", "灪灩灨灥", "靐靋靊靆", FILED, CALLED, "爟爠爡爤"]
    return [STEM, *numbers, "000-700", "canary-700", credit_code(_NUMBERED)[:14], *said]
