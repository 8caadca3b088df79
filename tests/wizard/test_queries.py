from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

from guides import knowledge

Paste = Callable[..., HttpResponse]


@pytest.mark.parametrize(
    "page",
    ["/", "/diagnose/", "/diagnose/?code=InstallFailed", "/diagnose/?unknown=Foo", "/diagnose/?code=TriggerNotEnabled"],
)
def test_a_turn_of_the_wizard_needs_one_query(client: Client, django_assert_num_queries: Callable, page: str) -> None:
    knowledge.current()
    with django_assert_num_queries(1):
        client.get(page)


def test_a_held_text_needs_one_query_more(
    paste: Paste, client: Client, django_assert_max_num_queries: Callable
) -> None:
    there = paste("InstallFailed")["Location"]
    with django_assert_max_num_queries(2):
        assert b"<mark>" in client.get(there).content


def test_reading_while_typing_needs_one_query(paste: Paste, django_assert_num_queries: Callable) -> None:
    knowledge.current()
    with django_assert_num_queries(1):
        paste("TriggerNotEnabled", to="/_/read/")
