"""Two people who publish in the same moment are checked one after the other."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from time import sleep

import pytest
from django.db import connection

from guides import checks, publishing, rows
from guides.library import Library
from guides.models import Guide, Revision
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
