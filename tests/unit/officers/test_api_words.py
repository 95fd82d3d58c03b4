"""The words of every code, asked for once and kept while they stand."""

from contracts.actor import Grant
from tests.officers_rig import Rig


async def test_the_words_are_given_in_both_languages_and_kept_by_their_tag(rig: Rig) -> None:
    reader = await rig.account(Grant(role="NOMINEE"))
    given = await reader.get("/v1/words")
    said = given.json()
    assert said["families"]["outcome"]["VETO"] == {"zh": "一票否决", "en": "Veto"}
    assert said["families"]["district"]["d01"]["zh"]
    assert said["families"]["unit"]["chamber-donghu"]["zh"] == "东湖区商会"
    assert said["problems"]["stale-digest"]["next"]["zh"].startswith("重新打开")
    again = await reader.get("/v1/words", headers={"If-None-Match": given.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert (await reader.get("/v1/words", policy="1999.1")).status_code == 404
    assert (await rig.client.get("/v1/words")).status_code == 401


async def test_a_refusal_says_what_to_do_next_in_the_language_of_who_is_refused(rig: Rig) -> None:
    reader = await rig.account(Grant(role="SCREENER", district="d01"))
    for language, begins in (("en", "Go back to the list"), ("zh", "回到列表")):
        refused = await reader.get("/v1/cases/c9", headers={"Accept-Language": language})
        assert refused.json()["next"].startswith(begins)
