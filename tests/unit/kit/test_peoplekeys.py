"""Keys of people: made once, wrapped, wrapped anew while they are used, and gone when they are gone."""

import multiprocessing
import shutil
from collections.abc import Callable, Iterator
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest

from contracts.sealed import Algorithm
from services.ctl.keys import Keys
from services.kit.keywrap import FileWrapper
from services.kit.locks import Suite
from services.kit.peoplekeys import PeopleFolder
from services.kit.sealing import Keyring, SealError, open_sealed, seal
from services.kit.sealsettings import Rings, SealingSettings
from services.kit.settings import SettingsError
from tests.peoplekeys import people_in

VALUE: dict[str, object] = {"name": "高建国"}
MANY = [f"p{number:04}" for number in range(60)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    people_in(tmp_path).make(["p1", "p2"])
    Keyring.create(tmp_path / "record")
    return tmp_path


def ring(folder: Path, people: PeopleFolder | None = None) -> Keyring:
    return Keyring(folder / "record", people or people_in(folder))


def test_what_is_sealed_for_somebody_opens_with_their_key_and_no_other(folder: Path) -> None:
    keys = ring(folder)
    sealed = seal(VALUE, "c1.1", keys, ["p1"])
    assert open_sealed(sealed, "c1.1", ring(folder)) == VALUE
    for others in (("p2",), (), ("p1", "p2")):
        with pytest.raises(SealError, match="sealed for another place"):
            open_sealed(sealed.model_copy(update={"owners": others}), "c1.1", keys)


def test_without_the_keys_of_people_nothing_of_theirs_is_sealed_or_opened(folder: Path) -> None:
    without = Keyring(folder / "record")
    with pytest.raises(SealError, match="without the keys of people"):
        open_sealed(seal(VALUE, "c1.1", ring(folder), ["p1"]), "c1.1", without)
    with pytest.raises(SealError, match="without the keys of people"):
        seal(VALUE, "c1.1", without, ["p1"])


def test_what_is_about_two_is_gone_with_the_key_of_one(folder: Path) -> None:
    both, other = (seal(VALUE, "c1.1", ring(folder), whose) for whose in (["p2", "p1"], ["p2"]))
    assert both.owners == ("p1", "p2")
    file_of(folder, "p1").unlink()
    after = ring(folder)
    assert open_sealed(other, "c1.1", after) == VALUE
    with pytest.raises(SealError, match="no key of p1"):
        open_sealed(both, "c1.1", after)
    with pytest.raises(SealError, match="no key of p1"):
        seal(VALUE, "c1.1", after, ["p1"])


def file_of(folder: Path, owner: str) -> Path:
    (found,) = (folder / "people").glob(f"*/{owner}.key")
    return found


def test_keys_are_made_once_for_their_owner_alone(folder: Path) -> None:
    before = {path: path.read_bytes() for path in (folder / "people").rglob("*.key")}
    people_in(folder).make(["p2", "p3", "p3"])
    after = {path: path.read_bytes() for path in (folder / "people").rglob("*") if path.is_file()}
    assert before.items() <= after.items()
    assert sorted(people_in(folder).owners()) == ["p1", "p2", "p3"]
    assert all(path.stat().st_mode & 0o077 == 0 for path in (folder / "people").rglob("*"))


@pytest.mark.parametrize("owner", ["", "../p1", "a/b", ".p", "高建国", "p" * 200])
def test_only_an_opaque_id_has_a_key(folder: Path, owner: str) -> None:
    with pytest.raises(SealError, match="opaque id"):
        people_in(folder).make([owner])


def test_a_wrapped_key_opens_for_nobody_else(folder: Path) -> None:
    file_of(folder, "p2").write_bytes(file_of(folder, "p1").read_bytes())
    with pytest.raises(SealError, match="wrapped for another"):
        PeopleFolder(folder / "people", FileWrapper(folder / "wrapping")).all()


def test_no_key_lies_open(folder: Path) -> None:
    keys = people_in(folder).all()
    stored = b"".join(path.read_bytes() for path in (folder / "people").rglob("*.key"))
    assert len(set(keys.values())) == len(keys)
    assert not any(key in stored or key.hex().encode() in stored for key in keys.values())


def test_after_a_rotation_the_old_key_may_go(folder: Path) -> None:
    old = Keyring(folder / "wrapping").current
    running = people_in(folder)
    sealed = seal(VALUE, "c1.1", ring(folder, running), ["p1"])
    assert people_in(folder).rotate() == 2
    (folder / "wrapping" / f"{old}.key").unlink()
    assert open_sealed(sealed, "c1.1", ring(folder)) == VALUE
    # One that began before takes the new generation up, and gives the same bytes for what is sealed again.
    assert running.key("p2") == people_in(folder).key("p2")
    assert seal(VALUE, "c1.1", ring(folder, running), ["p1"]) == sealed
    running.make(["p3"])
    assert people_in(folder).key("p3") == running.key("p3")


def test_a_rotation_that_was_cut_short_is_finished_by_the_next(folder: Path) -> None:
    class PowerCutError(Exception):
        pass

    class Failing(FileWrapper):
        def wrap(self, key: bytes, context: str) -> bytes:
            if context == sorted(path.stem for path in (folder / "people").rglob("*.key"))[-1]:
                raise PowerCutError
            return super().wrap(key, context)

    people_in(folder).make(MANY)
    before = people_in(folder).all()
    old = Keyring(folder / "wrapping").current
    with pytest.raises(PowerCutError):
        PeopleFolder(folder / "people", Failing(folder / "wrapping")).rotate()
    begun = Keyring(folder / "wrapping").current
    assert people_in(folder).all() == before
    assert 1 <= people_in(folder).rotate() < len(before)
    assert Keyring(folder / "wrapping").current == begun != old
    (folder / "wrapping" / f"{old}.key").unlink()
    assert people_in(folder).all() == before


def test_a_destroyed_key_does_not_come_back_by_a_rotation(folder: Path) -> None:
    class Destroying(FileWrapper):
        """Whoever destroys does so between the look at the folder and the turn of the key."""

        def renew(self) -> None:
            super().renew()
            file_of(folder, "p1").unlink()

    assert PeopleFolder(folder / "people", Destroying(folder / "wrapping")).rotate() == 1
    assert list(people_in(folder).owners()) == ["p2"]


def test_another_algorithm_may_be_chosen_and_the_old_values_open(folder: Path) -> None:
    national = Suite(Algorithm.SM4_GCM)
    older = seal(VALUE, "c1.1", ring(folder), ["p1"])
    people = PeopleFolder(folder / "people", FileWrapper(folder / "wrapping", national))
    chosen = Rings(people, national).at(folder / "record")
    newer = seal(VALUE, "c1.1", chosen, ["p1"])
    assert newer.algorithm is Algorithm.SM4_GCM
    assert open_sealed(older, "c1.1", chosen) == open_sealed(newer, "c1.1", ring(folder)) == VALUE
    assert people.rotate() == 2
    assert b"sm4-gcm" in file_of(folder, "p1").read_bytes()


@pytest.mark.parametrize("missing", ["people", "wrapping", "record"])
def test_what_is_missing_stops_the_start_and_is_named(folder: Path, missing: str) -> None:
    shutil.rmtree(folder / missing)
    with pytest.raises(SettingsError, match=str(folder / missing)):
        settings_of(folder).rings.at(folder / "record")


def settings_of(folder: Path) -> SealingSettings:
    return SealingSettings(people_keys_dir=folder / "people", wrapping_keys_dir=folder / "wrapping")


def test_another_wrapping_key_in_place_of_the_lost_one_is_noticed_at_the_start(folder: Path) -> None:
    shutil.rmtree(folder / "wrapping")
    Keyring.create(folder / "wrapping")
    with pytest.raises(SettingsError, match=r"is wrapped under 'k\w+', which is not in"):
        settings_of(folder).rings.at(folder / "record")


@pytest.mark.parametrize(
    "damage",
    [lambda said: b"nonsense", lambda said: said.replace(b'"key":"', b'"key":"AAAA')],
    ids=["torn", "changed"],
)
def test_one_damaged_key_is_one_persons_loss(folder: Path, damage: Callable[[bytes], bytes]) -> None:
    people_in(folder).make(MANY)
    before = people_in(folder).all()
    first = next(people_in(folder).owners())
    file_of(folder, first).write_bytes(damage(file_of(folder, first).read_bytes()))
    for _ in range(2):
        running, old = settings_of(folder).rings.people, Keyring(folder / "wrapping").current
        with pytest.raises(SealError, match=rf"^{len(before) - 1} keys .* anew, and not these: {first} \("):
            running.rotate()
        assert Keyring(folder / "wrapping").current != old
        (folder / "wrapping" / f"{old}.key").unlink()
    after = people_in(folder)
    assert {owner: after.key(owner) for owner in before if owner != first}.items() <= before.items()
    with pytest.raises(SealError, match=first):
        after.key(first)


def test_the_doctor_names_the_key_that_does_not_fit(tmp_path: Path) -> None:
    keys = Keys(tmp_path / "keys")
    keys.folder.mkdir()
    keys.make()
    people = PeopleFolder(keys.people, FileWrapper(keys.keyring("wrapping")))
    people.make(["p1", "p2"])
    assert keys.faults() == []
    file_of(keys.folder, "p2").write_text("nonsense")
    assert keys.faults() == ["what is kept as the key of p2 is no wrapped key"]
    shutil.rmtree(keys.keyring("engine"))
    assert keys.faults() == [f"{keys.keyring('engine')} holds no file `current`: create a keyring first"]


def _use(folder: Path, number: int, stop: Event) -> None:
    """Seal, open and register people, as a service does; ends in an error when anything fails."""
    made = 0
    while not stop.is_set():
        people = people_in(folder)
        keys = ring(folder, people)
        newcomer = f"n{number}.{made}"
        people.make([newcomer])
        made += 1
        for owner in (*MANY[number::7], newcomer):
            sealed = seal(VALUE, owner, keys, [owner, MANY[0]])
            assert open_sealed(sealed, owner, ring(folder)) == VALUE


@pytest.fixture
def users(folder: Path) -> Iterator[list[multiprocessing.Process]]:
    people_in(folder).make(MANY)
    context = multiprocessing.get_context("spawn")
    stop = context.Event()
    running = [context.Process(target=_use, args=(folder, number, stop)) for number in range(2)]
    for process in running:
        process.start()
    yield running  # type: ignore[misc]
    stop.set()
    for process in running:
        process.join(60)
        assert process.exitcode == 0, "whoever reads and makes keys meanwhile sees no failure"


def test_keys_are_wrapped_anew_under_load(folder: Path, users: list[multiprocessing.Process]) -> None:
    before = {owner: people_in(folder).key(owner) for owner in MANY}
    for _ in range(3):
        old = Keyring(folder / "wrapping").current
        assert people_in(folder).rotate() >= len(MANY)
        # Readers that had read a file before it was replaced read it again: the old key may go at once.
        (folder / "wrapping" / f"{old}.key").unlink()
        assert all(process.is_alive() for process in users)
    assert {owner: people_in(folder).key(owner) for owner in MANY} == before
