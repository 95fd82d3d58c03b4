"""What every code of an answer is called in both languages: one source for the API, pages and letters."""

from contracts.policy.model import Policy
from contracts.policy.text import Text
from contracts.words.families import Family
from contracts.words.held import HOLDERS, held
from contracts.words.loader import WRITTEN, words
from services.officers.views.base import View
from services.officers.web.problems import PROBLEMS


class ProblemWords(View):
    """A reason for which the API says no: what it is, what is said when the refusal brings no sentence, what to do."""

    status: int
    title: Text
    sentence: Text
    next: Text


class WordsView(View):
    """By family the words of each code, under a version of the policy; and by code the reasons of refusals."""

    policy: str
    families: dict[str, dict[str, Text]]
    problems: dict[str, ProblemWords]

    @classmethod
    def of(cls, policy: Policy) -> "WordsView":
        """All words under this version."""
        families: list[Family] = sorted({*WRITTEN, *HOLDERS})
        return cls(
            policy=policy.version,
            families={family: _family(policy, family) for family in families},
            problems={
                code: ProblemWords(
                    status=one.status,
                    title=one.title,
                    sentence=one.sentence,
                    next=words("next-step")[one.next],
                )
                for code, one in sorted(PROBLEMS.items())
            },
        )


def _family(policy: Policy, family: Family) -> dict[str, Text]:
    named = held(policy, family) if family in HOLDERS else {}
    return {**named, **(words(family) if family in WRITTEN else {})}
