"""What whoever acts must have seen: the content, and with it the words of the letter that they sign or answer."""

from contracts.base import Digest
from contracts.canonical import digest_of
from contracts.policy.model import Policy


def shown(code: str, content: Digest, policy: Policy, policy_digest: Digest) -> Digest:
    """The digest over the content and over the words that stand beside it in this kind of task.

    What the letter says of a person is filled in from the content. The policy's digest stands for the names and
    questions that are filled in besides.
    """
    letter = policy.task(code).signs
    if not letter:
        return content
    return digest_of({"content": content, "letter": policy.notice(letter).texts, "policy": policy_digest})
