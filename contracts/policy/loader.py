"""Reads policy versions from their folders. Whatever is wrong is refused with file, line and reason."""

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, TypeAlias

import yaml
from pydantic import ValidationError

from contracts.base import Digest
from contracts.policy.changes import changed
from contracts.policy.consistency import findings
from contracts.policy.model import Policy
from contracts.policy.source import PolicyError, at, dotted, find, read, value

__all__ = [
    "FOLDER",
    "PolicyError",
    "UnknownVersionError",
    "digest",
    "drafted",
    "load",
    "release",
    "released",
    "take",
    "versions",
]

FOLDER = Path(__file__).parent
"""Where the released versions lie, one folder each, beside the calendars that they share."""

PROCEDURES = "procedures"
"""The field that a version's folders are: each holds what one kind of case adds, under the folder's name."""

CHANGES = "changes"
"""The field in which a version with a base says which rows of the base's lists differ, by their codes: each of its
fields replaces the base's, and a row that the base lacks is added. It may also be the name of a version that has such
changes: then they are the same. What is read is the whole list, and the digest covers every file of it."""

OWN_FIELDS = frozenset(
    {
        "version",
        "released",
        "demonstration",
        "demonstration_mark",
        "limits",
        "ladders",
        "election",
        "calendar",
        "districts",
    }
)
"""All else that a version with a base may say: its pace, its years, its districts, and that it is a demonstration.

`election` is among them for the span of the re-check; a test holds quorum and majority to the base's.
"""

_Fields: TypeAlias = dict[str, tuple[yaml.Node, yaml.Node]]


class UnknownVersionError(PolicyError, KeyError):
    """No released version has this name."""


class Approved(NamedTuple):
    """A version of the house's own that two people released: where it lies, and the digest that they approved."""

    directory: Path
    digest: Digest


_TAKEN: dict[str, Approved] = {}
"""By name, those that this process has taken."""


class Release(NamedTuple):
    """A released version, and the digest of the files that it was read from."""

    policy: Policy
    digest: Digest


def load(directory: Path) -> Policy:
    """The policy in this folder with its base and calendars; PolicyError names the first fault found."""
    return _load(directory)[0]


def _load(directory: Path) -> tuple[Policy, tuple[Path, ...]]:
    fields, files = _assemble(directory)
    root = _mapping(fields, directory / "policy.yaml")
    try:
        policy = Policy.model_validate({name: value(node) for name, (_, node) in fields.items()})
    except ValidationError as error:
        # A misspelt field is both unknown and missing; the unknown one is where the eye must go.
        fault = min(error.errors(include_url=False), key=lambda fault: fault["type"] != "extra_forbidden")
        raise at(find(root, fault["loc"]), f"{dotted(fault['loc'])}: {fault['msg']}") from None
    for finding in findings(policy):
        raise at(find(root, finding.location), f"{dotted(finding.location)}: {finding.reason}")
    if policy.version != directory.name:
        raise at(find(root, ("version",)), f"version: must be {directory.name!r}, the folder's name")
    return policy, files


@lru_cache
def release(version: str) -> Release:
    """The released version of this name, read once per process; UnknownVersionError when there is none."""
    directory = _folder(version)
    found, taken = drafted(directory), _TAKEN.get(version)
    if taken is not None and found.digest != taken.digest:
        raise PolicyError(directory / "policy.yaml", 0, "these are not the bytes that were approved")
    return found


def drafted(directory: Path) -> Release:
    """The version in this folder, released or not, with the digest under which it can be approved.

    Raises PolicyError for the first fault found.
    """
    policy, files = _load(directory)
    return Release(policy, _digest(files, directory.parent))


def take(directory: Path, approved: Digest) -> None:
    """From now on the version in this folder is a released one of this process.

    Only whoever knows from the record that two people approved this digest may say so. Raises PolicyError when its
    bytes are others, and when a version that is shipped with the product has its name.
    """
    version = directory.name
    if version in _shipped():
        raise PolicyError(directory / "policy.yaml", 0, "a version of this name is shipped with the product")
    if version in _TAKEN:
        return
    _TAKEN[version] = Approved(directory, approved)
    try:
        release(version)
    except PolicyError:
        del _TAKEN[version]
        raise


def released(version: str) -> Policy:
    """The policy of a released version."""
    return release(version).policy


def versions() -> tuple[str, ...]:
    """Names of all released versions, in order: those shipped with the product, and those taken."""
    return tuple(sorted(_shipped() | _TAKEN.keys()))


def _shipped() -> set[str]:
    return {file.parent.name for file in FOLDER.glob("*/policy.yaml")}


def digest(version: str) -> Digest:
    """SHA-256 over names and bytes of all files of a released version, of its base and of its calendars."""
    return release(version).digest


def _digest(files: tuple[Path, ...], shelf: Path) -> Digest:
    """Each file is named as it lies among the versions, be they those of the product or those on this shelf."""
    total = hashlib.sha256()
    named = ((file.relative_to(FOLDER if file.is_relative_to(FOLDER) else shelf), file) for file in files)
    for name, file in sorted((name.as_posix(), file) for name, file in named):
        for part in (name.encode(), file.read_bytes()):
            total.update(len(part).to_bytes(8, "big"))
            total.update(part)
    return total.hexdigest()


def _folder(version: str) -> Path:
    if version not in versions():
        reason = f"no policy version {version!r}; released are {', '.join(versions())}"
        raise UnknownVersionError(FOLDER / "policy.yaml", 0, reason)
    return _TAKEN[version].directory if version in _TAKEN else FOLDER / version


def _lying(directory: Path, name: str) -> Path:
    """What a version rests on: it lies beside it, or among those that are shipped with the product."""
    own = directory.parent / name
    return own if own.exists() else FOLDER / name


def _assemble(directory: Path) -> tuple[_Fields, tuple[Path, ...]]:
    """The fields of a version over those of its base, and every file that they come from."""
    fields, files = _resting(directory, ())
    if "calendar" in fields:
        calendar = fields["calendar"][1]
        if not isinstance(calendar, yaml.MappingNode):
            raise at(calendar, "calendar: must be a mapping of utc_offset_hours and years")
        files += _put_years(directory, calendar)
    return fields, tuple(dict.fromkeys(files))


def _resting(directory: Path, above: tuple[Path, ...]) -> tuple[_Fields, tuple[Path, ...]]:
    """A version's fields with all that it rests on; `above` are those that rest on it."""
    fields, files = _own(directory)
    base, changes = fields.pop("base", None), fields.pop(CHANGES, None)
    if base is None:
        if changes is not None:
            raise at(changes[0], f"{CHANGES}: a version without a base has nothing to change")
        return fields, files
    for name, (key, _) in fields.items():
        if name not in OWN_FIELDS:
            allowed = ", ".join(sorted(OWN_FIELDS | {CHANGES}))
            raise at(key, f"{name}: a version with a base sets only {allowed}")
    folder = _beside(directory, base[1], "base")
    if folder in (directory, *above):
        raise at(base[1], "base: a version cannot rest on itself")
    below, more = _resting(folder, (directory, *above))
    if changes is not None:
        said, further = _changes(directory, changes[1])
        below, more = changed(below, said), more + further
    return below | fields, files + more


def _changes(directory: Path, said: yaml.Node) -> tuple[yaml.Node, tuple[Path, ...]]:
    """The changes themselves, and the files of the version whose they are when it is another's."""
    if not isinstance(said, yaml.ScalarNode):
        return said, ()
    fields, files = _own(_beside(directory, said, CHANGES))
    theirs = fields.get(CHANGES)
    if theirs is None or isinstance(theirs[1], yaml.ScalarNode):
        raise at(said, f"{CHANGES}: version {value(said)!r} says none of its own")
    return theirs[1], files


def _beside(directory: Path, named: yaml.Node, field: str) -> Path:
    folder = _lying(directory, str(value(named)))
    if not (folder / "policy.yaml").is_file():
        raise at(named, f"{field}: there is no version {value(named)!r}")
    return folder


def _own(directory: Path) -> tuple[_Fields, tuple[Path, ...]]:
    """A version's own fields: those of its files, and one procedure a folder."""
    if not (directory / "policy.yaml").is_file():
        raise PolicyError(directory / "policy.yaml", 0, "missing; a version is a folder of YAML files")
    folders = sorted(entry for entry in directory.iterdir() if entry.is_dir())
    fields, files = _files(directory, sorted(entry for entry in directory.iterdir() if not entry.is_dir()))
    if PROCEDURES in fields:
        raise at(fields[PROCEDURES][0], f"{PROCEDURES}: is what the folders hold, and no file's field")
    procedures: _Fields = {}
    for folder in folders:
        own, more = _files(folder, sorted(folder.iterdir()))
        if not more:
            raise PolicyError(folder, 0, "is empty; a kind of case is a folder of YAML files")
        files += more
        procedures[folder.name] = _named(folder.name, own, more[0])
    if procedures:
        fields[PROCEDURES] = _named(PROCEDURES, procedures, directory / "policy.yaml")
    return fields, files


def _files(folder: Path, entries: Sequence[Path]) -> tuple[_Fields, tuple[Path, ...]]:
    """The fields of a folder's files, each set once."""
    fields: _Fields = {}
    for file in entries:
        if file.suffix != ".yaml" or not file.is_file():
            raise PolicyError(file, 0, f"only .yaml files may lie in {folder.name}")
        for key, node in read(file).value:
            if key.value in fields:
                other = Path(fields[key.value][0].start_mark.name).name
                raise at(key, f"{key.value}: already set in {other}")
            fields[key.value] = (key, node)
    return fields, tuple(entries)


def _named(name: str, fields: _Fields, file: Path) -> tuple[yaml.Node, yaml.Node]:
    """A field that no file spells; it stands where this file begins."""
    below = _mapping(fields, file)
    return yaml.ScalarNode("tag:yaml.org,2002:str", name, start_mark=below.start_mark), below


def _mapping(fields: _Fields, file: Path) -> yaml.MappingNode:
    """The fields as one mapping, which begins at the first of them that stands in this file."""
    marks = [key.start_mark for key, _ in fields.values() if key.start_mark.name == str(file)]
    begins = marks[0] if marks else yaml.Mark(str(file), 0, 0, 0, None, 0)
    return yaml.MappingNode("tag:yaml.org,2002:map", list(fields.values()), start_mark=begins)


def _put_years(directory: Path, calendar: yaml.MappingNode) -> tuple[Path, ...]:
    """Puts the calendars in the place of the years that name them: faults then point into the right file."""
    named = next((node for key, node in calendar.value if key.value == "years"), None)
    if not isinstance(named, yaml.SequenceNode):
        raise at(calendar, "calendar: must have utc_offset_hours and years, a list of years")
    files = []
    for index, node in enumerate(named.value):
        file = _lying(directory, f"calendars/{value(node)}.yaml")
        if not file.is_file():
            raise at(node, f"calendar.years: no calendar {file.name} beside the versions")
        named.value[index] = read(file)
        if value(named.value[index]).get("year") != value(node):
            raise at(named.value[index], f"year: must be {file.stem}, the file's name")
        files.append(file)
    return tuple(files)
