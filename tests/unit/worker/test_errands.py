"""What one case asks of another is claimed under the bytes of the version that it names."""

from pathlib import Path

import pytest

from contracts.commands.opening import AS_RELEASED
from contracts.errand import Start, promise, promises
from contracts.policy import loader
from contracts.policy.loader import UnknownVersionError
from services.worker.errands import claimed_errand
from tests.asking import removal_opening
from tests.claims import KeySet
from tests.later_policy import LATER, later_released


def test_an_opening_that_only_names_its_version_is_given_the_released_bytes(tmp_path: Path) -> None:
    keys = KeySet.make(tmp_path / "keys")
    opening = removal_opening(policy=LATER, policy_digest=AS_RELEASED, as_released=True)
    with pytest.raises(UnknownVersionError):
        claimed_errand(opening, keys.errand, "r-city", 1, opening.target)
    with later_released(tmp_path):
        claimed = claimed_errand(opening, keys.errand, "r-city", 1, opening.target)
        assert claimed.policy_digest == loader.digest(LATER)
        assert claimed.fits_its_claim()
        assert promises(Start(number=1, openings=(opening,)), "r-city") == (promise(claimed.claim),)
        assert keys.checker.fault(claimed.claim) is None


def test_one_that_says_its_bytes_keeps_them(tmp_path: Path) -> None:
    keys = KeySet.make(tmp_path / "keys")
    opening = removal_opening()
    claimed = claimed_errand(opening, keys.errand, "r-city", 1, opening.target)
    assert claimed.policy_digest == opening.policy_digest
    assert claimed.fits_its_claim()
    assert not opening.model_copy(update={"policy_digest": "9" * 64}).fits_its_claim()
