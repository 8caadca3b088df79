"""Who describes a problem that the starter guides know need not answer before opening its fix."""

from __future__ import annotations

from django.test import Client


def test_the_only_fix_that_is_described_can_be_opened_before_any_question(
    client: Client, starter_content: None
) -> None:
    page = client.get("/diagnose/?message=FLOW-3").content.decode()
    first = page.index("Try this first: <a href=")
    assert page.index("/guides/workflow-trigger-not-enabled/") < page.index('class="answers"')
    assert first < page.index('class="answers"')
