"""Words are taken out of what people wrote, and out of nothing that the application says."""

import re

import pytest

from amends.ui.middleware.hiding import hide_in_page


def hides(text):
    return re.sub(r"\bMark\b|O'Neill & Sons", "[K7]", text)


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<p>Mark as done</p>", None),
        ('<p dir="auto">Ask Mark.</p><p>Mark</p>', '<p dir="auto">Ask [K7].</p><p>Mark</p>'),
        (
            '<div dir="auto"><div>Mark</div> Mark <br> Mark</div> Mark',
            '<div dir="auto"><div>[K7]</div> [K7] <br> [K7]</div> Mark',
        ),
        ('<p dir="auto">O&#x27;Neill &amp; Sons &lt;b&gt;</p>', '<p dir="auto">[K7] &lt;b&gt;</p>'),
        ('<p class="Mark" dir="auto">&nbsp;x &lt; 3</p>', None),
        ('<option value="Mark">Mark 2</option>', '<option value="Mark">[K7] 2</option>'),
        ('<input type="text" name="Mark" value="Mark">', '<input type="text" name="Mark" value="[K7]">'),
        ('<input type="hidden" value="Mark"><input type="radio" value="Mark">', None),
        ('<a href="/Mark/" title="Mark" aria-label="About Mark">go</a>',
         '<a href="/Mark/" title="[K7]" aria-label="About [K7]">go</a>'),
        ('<button x-show="a > 1 && \'Mark\'">Mark</button>', None),
        ("<textarea>Mark</textarea>", "<textarea>[K7]</textarea>"),
        ('<span class="visually-hidden"> Mark</span>', '<span class="visually-hidden"> [K7]</span>'),
        ('<!-- <p dir="auto"> -->Mark 1 < 2', None),
    ],
)  # fmt: skip
def test_only_what_people_wrote(page, expected):
    assert hide_in_page(page, hides) == (expected or page)


def test_what_somebody_typed_themselves_comes_back_as_it_was():
    typed = '<textarea dir="auto">Mark</textarea><input type="text" value="Mark">'
    assert hide_in_page(typed, hides, is_answer=True) == typed
    assert hide_in_page(typed + '<q dir="auto">Mark</q>', hides, is_answer=True) == typed + '<q dir="auto">[K7]</q>'
