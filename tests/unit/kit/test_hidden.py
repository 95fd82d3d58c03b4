"""What a service keeps out of its memory, and that it is only hidden for as long as somebody else is imported."""

import importlib
import subprocess
import sys

import pytest

from services.kit.hidden import hidden

KEPT_OUT = {"rich", "pygments"}
LOOK = "import sys, services.kit.logs, services.kit.upgrading; print(*sys.modules)"


def test_what_is_hidden_is_not_installed_until_the_end() -> None:
    with hidden("colorsys"), pytest.raises(ImportError):
        importlib.import_module("colorsys")
    assert importlib.import_module("colorsys").rgb_to_hsv(0, 0, 0) == (0, 0, 0)


def test_what_is_loaded_already_is_there_again() -> None:
    loaded = importlib.import_module("json")
    with hidden("json"):
        pass
    assert sys.modules["json"] is loaded


def test_logs_and_migrations_take_nothing_for_a_terminal_along() -> None:
    said = subprocess.run([sys.executable, "-c", LOOK], capture_output=True, text=True, check=True)
    assert KEPT_OUT.isdisjoint(said.stdout.split())
