"""What a rule said when it refused, as the API answers it: in both languages, at the field that it names."""

from contracts.policy.text import Text
from contracts.saying import Saying
from contracts.words.families import UnknownWordError
from contracts.words.telling import told
from services.kit.logs import logger
from services.officers.web.problems import RefusedError, at
from services.officers.web.titles import policies


def refused(code: str, said: Saying) -> RefusedError:
    """The refusal with the rule's sentence; of one that has no words here the table's own sentence is said."""
    try:
        sentence = in_words(said)
    except UnknownWordError as error:
        # A worker of another release said it.
        logger.error("a rule's sentence has no words here", code=code, reason=str(error))
        return RefusedError(code)
    return RefusedError(code, at(said.field, sentence) if said.field else sentence)


def in_words(said: Saying) -> Text:
    """The sentence, with what any released version of the policy names. UnknownWordError when it has no words."""
    return told(said, policies())
