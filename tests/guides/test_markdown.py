"""Staff text is rendered, and nothing in it reaches the browser as code."""

from __future__ import annotations

import pytest

from guides.markdown import render

DANGERS = (
    *("<script", "<iframe", "<form", "<base", "<meta", "<svg", "<math", "<template"),
    *("onerror", "onload", "onclick", "hx-", "style=", 'id="s'),
    *("javascript:", "vbscript:", "data:", "evil.example/p.png", 'href="//', 'href="/\\'),
)


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt&#58;alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:msgbox)",
        "text\n{: onclick=alert(1) }",
        "[x](https://example.org){: hx-get=/admin/ hx-trigger=load }",
        "<div hx-get='//evil.example' hx-trigger='load'>x</div>",
        "<a href='//evil.example'>x</a>",
        "<a href='/\\evil.example'>x</a>",
        "![x](https://evil.example/p.png)",
        "<iframe src='https://evil.example'></iframe>",
        "<form action='/admin/'><input name=a></form>",
        "<base href='https://evil.example/'>",
        "<meta http-equiv=refresh content='0;url=https://evil.example'>",
        "<p style='position:fixed'>x</p>",
        "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
        "# Title {: #screen }",
        "<a id='say' href='https://example.org'>x</a>",
        '!!! note "<script>alert(1)</script>"\n    text',
        "<template><script>alert(1)</script></template>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    ],
)
def test_hostile_markup_is_disarmed(hostile: str) -> None:
    html = render(hostile).lower()
    for danger in DANGERS:
        assert danger not in html


def test_steps_keep_their_formatting() -> None:
    html = render("Select **Turn on**, then read `Status`.\n\n- one\n- two\n\n[Docs](https://learn.microsoft.com/x)")
    assert '<strong translate="no">Turn on</strong>' in html
    assert "<code>Status</code>" in html
    assert "<li>one</li>" in html
    assert 'href="https://learn.microsoft.com/x" rel="noopener noreferrer nofollow"' in html


def test_headings_start_below_the_headings_of_the_page() -> None:
    assert '<h3 id="md-what-changed">What changed</h3>' in render("# What changed")
