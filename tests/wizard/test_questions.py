import re
from html import unescape

import pytest
from django.test import Client

from guides import knowledge


def heading(page: str) -> str:
    found = re.findall(r"<h1[^>]*>(.*?)</h1>", page)
    assert len(found) == 1
    return unescape(found[0])


def test_a_question_carries_everything_known_in_its_form(client: Client) -> None:
    page = client.get("/diagnose/?message=not-given&q.app-starts=unsure").content.decode()
    assert '<input type="hidden" name="message" value="not-given">' in page
    assert '<input type="hidden" name="q.app-starts" value="unsure">' in page
    assert 'name="q.after-import" value="yes"' in page


def test_an_answer_leads_on_to_the_guide(client: Client) -> None:
    response = client.get("/diagnose/?message=not-given&q.after-import=yes&q.app-starts=no")
    assert response.status_code == 302
    assert response["Location"].startswith("/guides/add-the-connection/?message=not-given&q.after-import=yes")


def test_i_am_not_sure_is_the_last_answer_of_every_question(client: Client) -> None:
    page = client.get("/diagnose/").content.decode()
    assert re.findall(r'<button type="submit" name="q[^"]+" value="([^"]+)"', page)[-1] == "unsure"


def test_the_number_of_questions_to_come_is_said(client: Client) -> None:
    assert "Question 1. At most 2 more." in client.get("/diagnose/").content.decode()


def test_how_to_check_is_folded_below_the_answers(client: Client) -> None:
    page = client.get("/diagnose/").content.decode()
    assert "How do I check?" in page
    assert page.index("run history</strong>") > page.index('value="unsure"')


def test_every_question_says_why_it_is_asked_also_when_it_is_asked_again(client: Client) -> None:
    for address in ("/diagnose/", "/diagnose/?q.app-starts=yes&show=q.app-starts"):
        page = unescape(client.get(address).content.decode())
        why = re.search(r"<summary>Why we ask</summary>\s*<p>(.*?)</p>", page)
        assert why, address
        assert re.fullmatch(r"Your answer (tells “.+” and “.+” apart|shows whether “.+” fits)\.", why[1])


def test_change_shows_the_question_again_and_keeps_the_other_answers(client: Client) -> None:
    page = client.get("/diagnose/?q.app-starts=yes&q.what-happens=error&show=fixes").content.decode()
    change = "/diagnose/?q.app-starts=yes&q.what-happens=error&show=q.what-happens"
    assert change in unescape(page)
    again = client.get(change).content.decode().split("</fieldset>")[0]
    assert heading(again) == "What happens when the flow should run?"
    assert '<input type="hidden" name="q.app-starts" value="yes">' in again
    assert 'type="hidden" name="q.what-happens"' not in again
    assert re.search(r'value="error">It fails with an error <span class="now">Your answer now', again)


def test_every_change_link_has_a_name_of_its_own(client: Client) -> None:
    page = client.get("/diagnose/?q.app-starts=yes&q.what-happens=error&show=fixes").content.decode()
    names = re.findall(r'>(Change<span class="unseen">[^<]+)', page)
    assert len(names) == len(set(names)) == 2


def test_the_ranking_can_be_seen_even_when_one_guide_is_left(client: Client) -> None:
    page = client.get("/diagnose/?code=TriggerNotEnabled&show=fixes").content.decode()
    assert heading(page).endswith("likely fix") or heading(page).endswith("likely fixes")
    assert "Try this first" in page
    assert "Your error has the code TriggerNotEnabled." in page


def test_the_ranking_leads_back_to_the_question_that_waits(client: Client) -> None:
    page = client.get("/diagnose/?message=not-given&show=fixes").content.decode()
    assert '<a href="/diagnose/?message=not-given">Go on with the questions</a>' in page
    assert 'class="answers"' not in page


def test_a_fork_stands_before_the_guides_it_leads_to(client: Client) -> None:
    page = client.get("/diagnose/?code=InstallFailed").content.decode()
    order = [page.index(f"/guides/{slug}/") for slug in ("install-failed", "turn-it-on", "add-the-connection")]
    assert order[0] < min(order[1:])


def test_less_likely_guides_stay_reachable_with_their_reason(client: Client) -> None:
    page = client.get("/diagnose/?code=InstallFailed").content.decode()
    assert "Less likely now (" in page
    assert "Less likely:" in page


@pytest.mark.parametrize(
    ("result", "said"),
    [("same", "But you tried “Cure number 6”: same error."), ("could-not", "No fix of it is left to try.")],
)
def test_a_guide_that_was_tried_says_so_and_is_not_counted_as_a_fix(client: Client, result: str, said: str) -> None:
    page = client.get(f"/diagnose/?q.app-starts=yes&tried=FIX-6.{result}&show=fixes").content.decode()
    *others, last = page.partition('<ol class="fixes">')[2].partition("</ol>")[0].split('<li class="fix')[1:]
    assert "Bring the output back" in last
    assert said in last
    assert heading(page) == f"{len(others)} likely fixes"


def test_no_percentage_is_ever_shown(client: Client) -> None:
    for query in ("", "?code=InstallFailed", "?q.what-happens=error", "?unknown=Foo"):
        assert "%" not in re.sub(r"<[^>]+>", "", client.get(f"/diagnose/{query}").content.decode())


def test_nothing_left_to_ask_is_said_honestly_with_ways_on(client: Client) -> None:
    query = "unknown=Foo&q.what-happens=unsure&q.app-starts=unsure&q.after-import=unsure"
    page = client.get(f"/diagnose/?{query}").content.decode()
    assert heading(page) == "We found no fix for this"
    assert "We do not know the code Foo yet." in page
    assert '<textarea id="text"' in page
    assert 'href="/help/?' in page
    assert 'href="/codes/"' in page


def test_a_guide_that_was_tried_in_vain_is_not_offered_as_near(client: Client) -> None:
    tried = "&".join(f"tried={fix}.same" for fix in knowledge.current().mitigations)
    page = client.get(f"/diagnose/?message=not-given&{tried}").content.decode()
    assert heading(page) == "We found no fix for this"
    assert "The nearest guides" not in page
