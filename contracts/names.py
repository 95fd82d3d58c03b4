"""Names that two processes must spell alike: streams, subjects, task queue, workflow ids, id builders."""

import hashlib

RECORD_STREAM = "RECORD"
RECORD_SUBJECTS = "record.>"
APPEND_SUBJECT = "registry.append"
"""Where a step is sent to be recorded; the reply says what stands on the record."""
LOOK_SUBJECT = "registry.look"
"""Where it is asked what stands on the record of a case after a place."""
ATTEMPT_SUBJECT = "registry.attempt"
"""Where a service tells the record of an act that it refused because nobody proved to have asked for it."""
JOURNAL_SUBJECT = "registry.journal"
"""Where the officers' service hands the record what its journal has noted."""
JOURNAL = "journal"
"""The kind, and the one case, of what stands on the record about the journal: no workflow has it, nobody follows it."""
INDEX_HEADER = "Qx-Index"
ENTRY_HASH_HEADER = "Qx-Entry-Hash"
SEAL_HEADER = "Qx-Signature"
"""On the last of the entries published together: the registry's signature over the entry's hash, as `key_id:base64`."""

TASK_QUEUE = "vetting"
ACT_UPDATE = "act"
"""The one update of every case: its argument says by `act` what is asked."""
CATCH_UP_UPDATE = "catch-up"
STATE_QUERY = "state"
LEDGER_QUERY = "ledger"
SETTLE_ACTIVITY = "settle"
CARRY_ACTIVITY = "carry"


def record_subject(kind: str, event_type: str, version: int) -> str:
    """The subject of a recorded event: `record.<kind>.<event-type>.v<N>`."""
    return f"record.{kind}.{event_type}.v{version}"


def workflow_id(kind: str, case_id: str) -> str:
    """Workflow id of a case: opaque, never a name (D10)."""
    return f"{kind}:{case_id}"


def update_id(command_id: str, body_digest: str) -> str:
    """Id of the update that carries a command: another body under the same key is another update, and is judged."""
    return f"{command_id}.{body_digest[:16]}"


def event_id(case_id: str, sequence: int) -> str:
    """The event's id derives from case and sequence, so a repeat is the same event (D3)."""
    return f"{case_id}.{sequence}"


def nomination_id(batch_id: str, person_id: str, unit: str) -> str:
    """The case of a person whom a unit nominates in a batch; importing the same twice names the same case."""
    return "c" + _short(batch_id, person_id, unit)


def removal_id(command_id: str) -> str:
    """The case of a removal: asking twice under the same key names the same case."""
    return "r" + _short("removal", command_id)


def screening_id(command_id: str) -> str:
    """A book of screening: asking twice under the same key names the same one."""
    return "s" + _short("screening", command_id)


def enquiry_id(asking_case: str, number: int) -> str:
    """The enquiry that a case asks for as its `number`-th."""
    return "q" + _short("enquiry", asking_case, str(number))


def part_id(screening_id: str, run: int, part: int) -> str:
    """The command id under which a part of a run is reported: whoever reports it again reports the same."""
    return "p" + _short("part", screening_id, str(run), str(part))


def run_id(screening_id: str, run: int, people_digest: str) -> str:
    """The command id under which a run is asked for because of how people stand after this run."""
    return "p" + _short("run", screening_id, str(run), people_digest)


def word_id(letter: str, what: str) -> str:
    """The command id under which a case is told what became of a letter: told again it is the same word."""
    return "w" + _short("letter", letter, what)


def tenure_id(district: str, seat: str, person_id: str, began: str) -> str:
    """The case of a seat that somebody holds: its beginning (an ISO date) tells one term from the next."""
    return "t" + _short("tenure", district, seat, person_id, began)


def linked_removal_id(removal: str, district: str, seat: str) -> str:
    """The case that a removal opens about the same person's seat at another level."""
    return "r" + _short("linked", removal, district, seat)


def next_removal_id(removal: str, what: str) -> str:
    """The case that a removal opens when it is over, about something that it has not looked at: one for each."""
    return "r" + _short("next", removal, what)


def review_id(removal: str, instance: int) -> str:
    """The first or second review of a removal: there is one of each."""
    return "v" + _short("review", removal, str(instance))


def late_roster_id(command_id: str) -> str:
    """The case that decides on a late roster: the same however often it was handed in under one key."""
    return "l" + _short("late-roster", command_id)


def policy_id(version: str, digest: str) -> str:
    """The case that decides on a version of the policy: these bytes under this name are decided on once."""
    return "p" + _short("policy", version, digest)


def transition_id(command_id: str) -> str:
    """The case that decides on a rule of transition: asking twice under the same key names the same case."""
    return "p" + _short("transition", command_id)


def integrity_id(subject: str, ident: str) -> str:
    """The integrity file of a person (by person id) or an enterprise (by credit code): one each, whoever asks."""
    return "i" + _short("integrity", subject, ident)


def award_id(title: str, cycle: str, organisation: str) -> str:
    """The application of an organisation for a title in a cycle: applying twice names the same case."""
    return "a" + _short("award", title, cycle, organisation)


def data_request_id(command_id: str) -> str:
    """What somebody asks about their own data: asking twice under the same key names the same case."""
    return "d" + _short("data-request", command_id)


def access_id(command_id: str) -> str:
    """What is asked for accounts: asking twice under the same key names the same case."""
    return "g" + _short("access", command_id)


def freeing_id(task: str, person_id: str, version: int) -> str:
    """The command id under which a claim is ended that its holder can do nothing with."""
    return "f" + _short("free", task, person_id, str(version))


def passing_id(absence: str, task: str) -> str:
    """The command id under which an absent person's task passes on: once for each absence."""
    return "p" + _short("pass", absence, task)


def handing_id(case_id: str, year_digest: str) -> str:
    """The command id under which a case is handed a calendar year as it was loaded: handed again it is the same."""
    return "y" + _short("year", case_id, year_digest)


def reporter_id(command_id: str) -> str:
    """Whoever signed the report that was registered under this command id: a key of their own seals it."""
    return "k" + _short("reporter", command_id)


def doubled_id(case: str, merged: str) -> str:
    """The command id under which a case is told that one person acted on it under two identities."""
    return "d" + _short("doubled", case, merged)


def account_id(access: str, number: int) -> str:
    """The `number`-th account that a request opens: the same however often it is asked for."""
    return "a" + _short("account", access, str(number))


def task_id(case: str, kind: str, round_number: int, unit: str = "", signature: int = 1) -> str:
    """A task's id derives from case, kind (which fixes the stage), round, unit and signature number (D6)."""
    parts = [case, kind, str(round_number), *([unit] if unit else []), str(signature)]
    return ".".join(parts)


def timer_id(case: str, sequence: int) -> str:
    """The command id of what time brings about: it names the place in the case, so a repeat is the same."""
    return f"timer.{case}.{sequence}"


def asks_by_itself(case_id: str, command_id: str) -> bool:
    """Whether this is the id of what the case does by itself; everything else is asked for by somebody."""
    return command_id.startswith((f"timer.{case_id}.", f"carried.{case_id}."))


def errand_id(owing_case: str, number: int, case: str) -> str:
    """The command id under which a case is given another's errand: the same however often it is carried."""
    return "e" + _short(owing_case, str(number), case)


def carried_id(owing_case: str, number: int) -> str:
    """The command id under which a case notes that its errand was carried."""
    return f"carried.{owing_case}.{number}"


def _short(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:24]
