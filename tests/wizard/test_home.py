from django.test import Client

from guides.models import ContentVersion, Guide, Question


def test_the_first_question_and_the_paste_box_are_on_the_same_page(client: Client) -> None:
    page = client.get("/").content.decode()
    assert '<textarea id="text"' in page
    assert "What happens when the flow should run?" in page
    assert '<button type="submit" name="q.what-happens" value="nothing">Nothing happens' in page
    assert page.index('value="unsure"') > page.index('value="slow"')


def test_the_codes_that_name_one_problem_are_linked(client: Client) -> None:
    page = client.get("/").content.decode()
    assert 'href="/codes/ResponseTimeout/"' in page
    assert 'href="/codes/"' in page


def test_there_is_one_heading_of_the_first_level_and_the_title_begins_with_it(client: Client) -> None:
    page = client.get("/").content.decode()
    assert page.count("<h1") == 1
    assert "<title>What went wrong?" in page


def test_the_page_has_no_inline_script_or_style(client: Client) -> None:
    page = client.get("/").content.decode()
    assert "<script>" not in page
    assert "<style" not in page
    assert " style=" not in page
    assert " onclick" not in page


def test_a_site_without_guides_still_takes_a_paste(client: Client) -> None:
    Guide.objects.update(live=None)
    Question.objects.update(live=None)
    ContentVersion.advance()
    page = client.get("/").content.decode()
    assert '<textarea id="text"' in page
    assert "Start here" not in page
