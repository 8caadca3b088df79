"""Two people who publish in the same moment are checked one after the other."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from time import sleep

import pytest
from django.db import connection, transaction

from guides import checks, drafts, publishing, rows
from guides.library import Library
from guides.models import Guide, Publishable, Revision
from tests.guides.factories import document, guide_data, load_small_library, second_guide_data


def run_at_once(*calls: Callable[[], object]) -> None:
    def run(call: Callable[[], object]) -> None:
        try:
            call()
        finally:
            connection.close()

    threads = [Thread(target=run, args=[call]) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def be_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Checks take so long that whoever does not wait reads what was live before."""
    real = checks.misfits

    def slow(library: Library) -> list[str]:
        sleep(0.5)
        return real(library)

    monkeypatch.setattr(checks, "misfits", slow)


@pytest.mark.django_db(transaction=True)
def test_of_two_drafts_that_cannot_both_be_live_one_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    load_small_library()
    for make, text in ((guide_data, "The first of two texts."), (second_guide_data, "The other of two texts.")):
        rows.write(document("guide", make(messages=[{"key": "shared", "text": text, "essential": ["two texts"]}])))
    refused: list[str] = []

    def publish(reference: str) -> None:
        try:
            publishing.publish(Guide.objects.filter(reference=reference))
        except publishing.PublishError as error:
            refused.append(str(error))

    be_slow(monkeypatch)
    run_at_once(lambda: publish("FLOW-1"), lambda: publish("FLOW-2"))
    assert "“shared” reads otherwise" in "".join(refused)


@pytest.mark.django_db(transaction=True)
def test_a_draft_that_two_people_publish_is_published_once(monkeypatch: pytest.MonkeyPatch) -> None:
    guide = load_small_library()
    Guide.objects.filter(pk=guide.pk).update(title="A better title")
    be_slow(monkeypatch)
    run_at_once(*[lambda: publishing.publish(Guide.objects.filter(pk=guide.pk))] * 2)
    numbers = Revision.objects.filter(key="FLOW-1").order_by("number").values_list("number", flat=True)
    assert list(numbers) == [1, 2]


@pytest.mark.django_db(transaction=True)
def test_what_somebody_saves_while_the_draft_is_published_is_told_as_not_published(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    guide = load_small_library()
    stored = Guide.objects.filter(pk=guide.pk)
    stored.update(title="A better title")

    def save_meanwhile() -> None:
        sleep(0.2)
        with transaction.atomic():
            drafts.hold([guide])
            stored.update(title="The best title")
            drafts.saved([guide], None)

    be_slow(monkeypatch)
    run_at_once(lambda: publishing.publish(stored), save_meanwhile)
    now = stored.select_related("live").get()
    assert (now.live.document["title"], now.title, now.differs) == ("A better title", "The best title", True)


@pytest.mark.django_db(transaction=True)
def test_two_who_hold_the_same_drafts_in_another_order_do_not_wait_for_each_other() -> None:
    guide = load_small_library()
    named = [guide, *(use.mitigation for use in guide.uses.select_related("mitigation"))]
    held: list[int] = []

    def hold(things: list[Publishable]) -> None:
        for _again in range(20):
            with transaction.atomic():
                drafts.hold(things)
                held.append(len(things))

    run_at_once(lambda: hold(named), lambda: hold(named[::-1]))
    assert len(held) == 40
