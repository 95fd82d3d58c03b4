"""What stops an operator's command, told in a sentence that says what to do."""


class OperatorError(Exception):
    """The command cannot go on; its text is meant for the operator and names no secret."""
