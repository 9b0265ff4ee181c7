"""The one HTML sink: nothing that comes out of it runs, loads, submits or hides where a link leads."""

import time

import pytest
from django.utils.safestring import SafeString
from hypothesis import given, settings
from hypothesis import strategies as st

from amends.rendering.html import LONGEST, MOST_TAGS, clean_html, html_as_text, plain_text_as_html
from tests.rendering.inert import REL, dangers
from tests.rendering.xss_vectors import VECTORS


def test_the_corpus_is_large():
    assert len(VECTORS) >= 150


@pytest.mark.parametrize(
    "naive",
    [
        "<script>x</script>",
        "<p onclick=x>",
        '<a href="javascript:x" rel="noopener noreferrer nofollow">',
        '<a href="https://a.example">',
        '<a href="https://good@evil.example" rel="noopener noreferrer nofollow">',
        "<!-- x -->",
        "<img src=x>",
        "<p style=x>",
    ],
)
def test_the_judge_of_inertness_sees_dangers(naive):
    assert dangers(naive)


@pytest.mark.parametrize("vector", VECTORS)
def test_every_vector_is_inert(vector):
    for markup in (vector, f"<p>before{vector}after</p>", f"<table><tr><td>{vector}</td></tr></table>", vector * 3):
        clean = clean_html(markup)
        assert isinstance(clean, SafeString)
        assert dangers(clean) == []
        assert clean_html(clean) == clean
        assert dangers(plain_text_as_html(markup)) == []


@pytest.mark.parametrize("vector", VECTORS)
def test_a_vector_in_plain_text_stays_text(vector):
    shown = plain_text_as_html(vector)
    assert dangers(shown) == []
    assert "<script" not in shown.lower()
    assert "<img" not in shown.lower()


_MARKUP = """< > </ /> <! --> <!-- & &# &#1; ; " ' = ` / a b p div td table tr svg math style script template img iframe
noscript title select href src onclick srcdoc javascript: https://a.example data: xlink:"""
_PIECES = st.sampled_from([*_MARKUP.split(), *"\x00\t\n\f \u2028\u202e"]) | st.text(max_size=5)


@settings(max_examples=200, deadline=None)
@given(st.lists(_PIECES, max_size=40).map("".join))
def test_no_combination_of_pieces_is_dangerous(markup):
    clean = clean_html(markup)
    assert dangers(clean) == []
    assert clean_html(clean) == clean
    assert dangers(plain_text_as_html(markup)) == []
    html_as_text(markup)


_TAG = st.sampled_from(["p", "a href=https://a.example", "svg", "math", "mtext", "style", "table", "td", "b", "form"])


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(_TAG, st.booleans(), st.sampled_from(["", "x", "<img src=x onerror=alert(1)>"])), max_size=30)
)
def test_no_nesting_is_dangerous(tags):
    markup = "".join(f"</{tag.split()[0]}>{text}" if closing else f"<{tag}>{text}" for tag, closing, text in tags)
    assert dangers(clean_html(markup)) == []


def test_an_ordinary_mail_keeps_its_shape():
    mail = (
        '<div dir="rtl"><h2>Complaint</h2><p>My <b>kettle</b> and <i>cup</i><br>broke.</p>'
        "<ul><li>one</li><li>two</li></ul><blockquote><p>Dear …</p></blockquote>"
        '<table><thead><tr><th>Day</th></tr></thead><tbody><tr><td colspan="2">Monday</td></tr></tbody></table>'
        "<pre>a  b</pre></div>"
    )
    assert clean_html(mail) == mail


@pytest.mark.parametrize(
    "address", ["https://a.example/x?y=1&z=2#w", "http://a.example", "mailto:a@b.example", "tel:+3725"]
)
def test_known_kinds_of_addresses_stay(address):
    assert f'href="{address.replace("&", "&amp;")}" rel="{REL}"' in clean_html(f'<a href="{address}">here</a>')


def test_an_address_broken_by_the_mail_is_put_together():
    assert 'href="https://a.example/long"' in clean_html('<a href="https://a.exam\r\nple/long">x</a>')


@pytest.mark.parametrize(
    ("text", "href", "told"),
    [
        ("https://bank.example/in", "https://evil.example/in", "evil.example"),
        ("bank.example", "https://evil.example", "evil.example"),
        ("www.bank.example", "https://evil.example", "evil.example"),
        ("Sign in at bank.example now", "https://evil.example", "evil.example"),
        ("https://bank.example@evil.example", "https://evil.example", "evil.example"),
        ("bank.example", "https://bank.example.evil.example", None),
        ("evil.example.bank.example", "https://bank.example", "bank.example"),
        ("bank.example", "https://notbank.example", "notbank.example"),
        ("b\u200bank.example", "https://evil.example", "evil.example"),
        ("ｂａｎｋ．ｅｘａｍｐｌｅ", "https://evil.example", "evil.example"),
        ("bank。example", "https://evil.example", "evil.example"),
        ("help@bank.example", "mailto:thief@evil.example", "thief@evil.example"),
        ("help@bank.example", "https://evil.example", "evil.example"),
        ("bank.example [bank.example]", "https://evil.example", "evil.example"),
        ("<b>bank</b>.example", "https://evil.example", "evil.example"),
        ("bank.example", "http://192.0.2.7/", "192.0.2.7"),
        ("192.0.2.8", "http://192.0.2.7/", "192.0.2.7"),
        ("büchér.example", "https://xn--bcher-kva.example", "xn--bcher-kva.example"),
    ],
)
def test_a_link_that_pretends_another_address_tells_its_host(text, href, told):
    clean = clean_html(f'<a href="{href}">{text}</a>')
    if told is None:
        told = href.removeprefix("https://")
    assert f" [{told}]</a>" in clean
    assert clean_html(clean) == clean


@pytest.mark.parametrize(
    ("text", "href"),
    [
        ("our page", "https://a.example/x"),
        ("https://a.example/report.pdf", "https://a.example/report.pdf"),
        ("a.example", "https://www.a.example/"),
        ("www.a.example", "https://a.example/"),
        ("a.example", "https://links.a.example/1"),
        ("A.Example", "https://a.example/"),
        ("bücher.example", "https://xn--bcher-kva.example/"),
        ("me@a.example", "mailto:me@a.example?subject=x"),
        ("+372 5555 5555", "tel:+37255555555"),
        ("Order 12.50 EUR", "https://a.example/"),
        ("", "https://a.example/"),
    ],
)
def test_an_honest_link_is_left_alone(text, href):
    assert "[" not in clean_html(f'<a href="{href}">{text}</a>')


def test_steering_signs_cannot_turn_the_address_around():
    clean = clean_html('<a href="https://evil.example">\u202eelpmaxe.knab\u202c</a>')
    assert "\u202e" not in clean


def test_nested_links_each_tell():
    clean = clean_html("<a href=https://evil.example>bank.example<table><td><a href=https://worse.example>bank.example")
    assert "[evil.example]" in clean
    assert "[worse.example]" in clean


def test_plain_text_becomes_paragraphs_lines_and_links():
    shown = plain_text_as_html(
        "Hello <you>,\nsee https://a.example/b_(c), or (http://b.example).\r\n\r\n\r\nBye & thanks"
    )
    link = f'<a href="https://a.example/b_(c)" rel="{REL}">https://a.example/b_(c)</a>'
    other = f'<a href="http://b.example" rel="{REL}">http://b.example</a>'
    assert shown == (
        f'<p dir="auto">Hello &lt;you&gt;,<br>see {link}, or ({other}).</p>\n<p dir="auto">Bye &amp; thanks</p>'
    )


@pytest.mark.parametrize("text", ["", " \n \n", "\x00"])
def test_empty_text_is_no_paragraph(text):
    assert plain_text_as_html(text) == ""


@pytest.mark.parametrize(
    "text",
    ["ftp://a.example", "javascript:alert(1)", "www.a.example", "https://", "https://a@b.example", "https://[::1"],
)
def test_only_whole_web_addresses_become_links(text):
    assert "<a" not in plain_text_as_html(text)


def test_markup_reads_as_text():
    text = html_as_text(
        "<style>p{}</style><h1>Title</h1><p>One  <b>two</b><br>three</p><ul><li>a<li>b<ol><li>c<li>d</ol></ul>"
        "<blockquote>said<blockquote>before</blockquote></blockquote><table><tr><td>1<td>2<tr><td>3</table>"
        "<pre> x\n  y</pre><div>p</div><div>q</div><p><a href=https://a.example/>here</a>, "
        "<a href=https://b.example/>https://b.example/</a>, <a href=mailto:c@d.example>write</a>"
    )
    assert text == (
        "Title\n\nOne two\nthree\n\n- a\n- b\n1. c\n2. d\n\n> said\n>\n> > before\n\n1\t2\n3\n\n x\n  y\n\np\nq\n\n"
        "here <https://a.example/>, https://b.example/, write <c@d.example>"
    )


def test_text_that_looks_like_markup_is_not_lost():
    assert html_as_text("<p>1 &lt; 2 &amp;&amp; 3 &gt; 2</p>") == "1 < 2 && 3 > 2"


_N = MOST_TAGS - 10
MONSTERS = {
    "deep": "<div>" * _N,
    "deep lists": "<ul><li>" * (_N // 2),
    "deeper than allowed": "<div>" * 200_000,
    "formatting that differs": "".join(f"<p><b a={number}>" for number in range(4_900)),
    "formatting hidden in attributes": "".join(f"<b a='<{number}'>" for number in range(19)) + "<p>" * (_N - 60),
    "formatting hidden too often": "".join(f"<p><b a='<{number}'>" for number in range(3_000)),
    "every kind of formatting": "<b><big><code><em><font><i><nobr><s><small><strike><strong><tt><u>" * 3
    + "<p>" * 9_000,
    "many attributes": "<p " + " ".join(f"{number:x}" for number in range(40_000)) + ">x",
    "long": "<p>word &amp; " * 200_000,
    "unclosed styles": "<style>" * 100_000,
    "many ampersands": "&" * 100_000,
    "brackets": "<" * 500_000,
    "embedded picture": "<img src='data:image/png;base64," + "A" * 3_000_000 + "'><b>seen</b>",
    "dots in a link": "<a href=http://b.example>" + "a." * 200_000,
    "many links": "<a href=http://b.example>c.example</a>" * 4_900,
    "quotes": "<blockquote>" * 4_900 + "x<br>" * 4_900,
}


@pytest.mark.parametrize("kind", MONSTERS)
def test_no_input_takes_long_or_grows(kind):
    """P-37; without the limits, 130 KB of formatting tags took a minute and 350 MB."""
    begun = time.process_time()
    clean = clean_html(MONSTERS[kind])
    assert dangers(clean[: clean.rfind(">", 0, 200_000) + 1]) == [] or "<" not in clean
    assert len(clean) <= 6 * max(len(MONSTERS[kind]), LONGEST)
    html_as_text(MONSTERS[kind])
    assert time.process_time() - begun < 10


def test_a_mail_with_an_embedded_picture_is_still_shown_as_markup():
    assert clean_html(MONSTERS["embedded picture"]) == "<b>seen</b>"


@pytest.mark.parametrize(
    "text", ["http://" + "a." * 100_000, "\n \n" * 100_000, "http://a.b/" + ")" * 100_000, "http://" * 50_000]
)
def test_no_plain_text_takes_long(text):
    begun = time.process_time()
    plain_text_as_html(text)
    assert time.process_time() - begun < 2
