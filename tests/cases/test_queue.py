"""What readers reported lands in a queue: it has an owner, can be handed on, and is done with a note."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.test import Client
from django.utils.formats import date_format
from django.utils.timezone import localtime
from pytest_django import DjangoAssertNumQueries

from guides.models import Guide
from tests.insights.conftest import Person
from tests.pages.reading import in_order, links, main_part, seen
from troubleshooter.cases.models import Flag

QUEUE = "/admin/cases/flag/"


def make_flag(guide: Guide, text: str = "Step 2 is gone.", part: str = "FIX-1.2") -> Flag:
    Flag.objects.report(guide.reference, part, text, guide.live_id or 0)
    return Flag.objects.get(text=text)


def change(client: Client, flag: Flag, **fields: str) -> None:
    assert client.post(f"{QUEUE}{flag.pk}/change/", {"owner": "", "note": "", **fields}).status_code == 302
    flag.refresh_from_db()


def test_curators_read_the_queue_and_agents_do_not(guide: Guide, signed_in: Person) -> None:
    make_flag(guide, "<b>whale</b>")
    page = signed_in("Curators").get(QUEUE)
    assert in_order(seen(page), "FLOW-1, FIX-1.2", "<b>whale</b>", "Open")
    assert "<b>whale" not in main_part(page)
    assert signed_in("Agents").get(QUEUE).status_code == 403


def test_the_queue_speaks_in_the_words_of_all_other_pages(guide: Guide, signed_in: Person) -> None:
    flag, client = make_flag(guide), signed_in("Curators")
    came = date_format(localtime(flag.created), "j F Y, H:i")
    assert in_order(seen(client.get(QUEUE)), "Readers’ reports", "FLOW-1, FIX-1.2", came)
    page = seen(client.get(f"{QUEUE}{flag.pk}/change/"))
    assert in_order(page, "A reader’s report about FLOW-1, FIX-1.2", "What the reader says", flag.text, came)


def test_a_report_leads_to_the_guide_and_to_what_readers_see(guide: Guide, signed_in: Person) -> None:
    flag = make_flag(guide)
    found = links(signed_in("Curators").get(f"{QUEUE}{flag.pk}/change/"))
    assert f"/admin/guides/guide/{guide.pk}/change/" in found
    assert "/g/FLOW-1/FIX-1.2/" in found


def test_it_is_handed_on_done_with_a_note_and_opened_again(guide: Guide, signed_in: Person) -> None:
    flag, client = make_flag(guide), signed_in("Curators")
    olga = User.objects.create_user("olga", is_staff=True)
    change(client, flag, owner=str(olga.pk))
    assert (flag.owner, flag.is_done) == (olga, False)
    change(client, flag, owner=str(olga.pk), note="The step is back.", done="on")
    assert flag.is_done
    assert flag.done_by == User.objects.get(username="curators")
    done = flag.done_at
    change(client, flag, note="The step is back again.", done="on")
    assert flag.done_at == done
    change(client, flag)
    assert (flag.is_done, flag.done_by) == (False, None)


def test_the_words_of_a_reader_cannot_be_changed(guide: Guide, signed_in: Person) -> None:
    flag = make_flag(guide)
    change(signed_in("Curators"), flag, text="Something else", guide="FLOW-2")
    assert (flag.text, flag.guide) == ("Step 2 is gone.", "FLOW-1")


def test_open_reports_come_first_and_can_be_shown_alone(guide: Guide, signed_in: Person) -> None:
    done, _open = make_flag(guide, "Done whale"), make_flag(guide, "Open whale")
    done.close(by=None)
    done.save()
    client = signed_in("Curators")
    assert in_order(seen(client.get(QUEUE)), "Open whale", "Done whale")
    assert "Done whale" not in seen(client.get(f"{QUEUE}?state=open"))
    assert "Open whale" not in seen(client.get(f"{QUEUE}?state=done"))
    assert "whale" not in seen(client.get(f"{QUEUE}?state=mine"))


def test_the_queue_asks_a_fixed_number_of_questions(
    guide: Guide,
    signed_in: Person,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(30):
        flag = make_flag(guide, f"whale {number}")
        Flag.objects.filter(pk=flag.pk).update(owner=User.objects.create(username=f"olga {number}"))
    client = signed_in("Curators")
    with django_assert_max_num_queries(12):
        client.get(QUEUE)
    with django_assert_max_num_queries(12):
        client.get(f"{QUEUE}{flag.pk}/change/")
