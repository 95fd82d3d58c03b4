"""Events of reports, for tests of those who read them."""

from contracts.events.review import ReportAnswered, ReportReceived
from contracts.matter import Channel, ReportContent
from contracts.vocabulary import Standing

SAID = ReportContent(text="反映情况", reporter="贾报", reporter_contact="jia@example.org")


def received(
    number: int = 1,
    *,
    signed: bool = True,
    content: ReportContent = SAID,
    channel: Channel = "net",
    standing: Standing = Standing.OBJECTION,
) -> ReportReceived:
    """A report that came in and is being checked."""
    return ReportReceived(
        report=number,
        signed=signed,
        channel=channel,
        standing=standing,
        registered_by="p-registrar",
        reporter=f"k-reporter-{number}",
        checked=True,
        checking=True,
        private=content,
    )


def answered(number: int = 1, ending: str = "UNTRUE", *, signed: bool = True) -> ReportAnswered:
    """Its check has ended, and no other runs."""
    return ReportAnswered(report=number, signed=signed, ending=ending, checking=False)
