"""Templates of every package: what the content policy and our own rules forbid is not in them."""

import re
from pathlib import Path

import pytest
from django.template import engines
from django.template.loader import get_template

import amends
from amends.ui import icons

pytestmark = pytest.mark.engineless

ROOT = Path(amends.__file__).parent
TEMPLATES = sorted(ROOT.glob("*/templates/**/*.html"))
NAMES = [str(path.relative_to(ROOT)) for path in TEMPLATES]


def source(name: str) -> str:
    return re.sub(r"{#.*?#}|{% comment %}.*?{% endcomment %}", "", (ROOT / name).read_text("utf-8"), flags=re.DOTALL)


def without_tags(name: str) -> str:
    return re.sub(r"{%.*?%}|{{.*?}}", "", source(name), flags=re.DOTALL)


@pytest.mark.parametrize("name", NAMES)
def test_it_can_be_read(name: str) -> None:
    get_template(name.partition("/templates/")[2])


@pytest.mark.parametrize("name", NAMES)
def test_no_style_and_no_handler_in_attributes(name: str) -> None:
    page = without_tags(name)
    assert not re.search(r"\sstyle\s*=", page)
    assert not re.search(r"<style\b", page)
    assert not re.search(r"\son[a-z]+\s*=", page)
    assert "javascript:" not in page


@pytest.mark.parametrize("name", NAMES)
def test_no_script_inside_a_page(name: str) -> None:
    for attributes, content in re.findall(r"<script\b(.*?)>(.*?)</script>", source(name), flags=re.DOTALL):
        assert "src=" in attributes or 'type="application/json"' in attributes
        assert "application/json" in attributes or not content.strip()


@pytest.mark.parametrize("name", NAMES)
def test_every_form_that_posts_has_its_token(name: str) -> None:
    for attributes, content in re.findall(r"<form\b(.*?)>(.*?)</form>", source(name), flags=re.DOTALL):
        if re.search(r'method="?post', attributes) or "attrs.method" in attributes:
            is_filled_by_caller = "{% slot body %}" in content
            assert "{% csrf_token %}" in content or "csrfmiddlewaretoken" in content or is_filled_by_caller


@pytest.mark.parametrize("name", NAMES)
def test_a_part_with_a_form_is_not_cut_off_from_the_token(name: str) -> None:
    for included, given in re.findall(r'{% include "([^"]+)"(.*?) only %}', source(name)):
        assert "csrf_token=csrf_token" in given or "csrf_token" not in get_template(included).template.source, included


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_declared_safe(name: str) -> None:
    assert not re.search(r"\|\s*safe\b|autoescape off|safeseq", source(name))


@pytest.mark.parametrize("name", NAMES)
def test_every_icon_exists(name: str) -> None:
    named = re.findall(r'{% icon "([\w-]+)"', source(name)) + re.findall(r'\bicon(?:_end)?="([\w-]+)"', source(name))
    assert set(named) <= set(icons.PATHS)


@pytest.mark.parametrize("name", NAMES)
def test_a_link_that_opens_a_new_tab_says_so_and_gives_nothing_away(name: str) -> None:
    for link in re.findall(r"<a\b[^>]*target=[^>]*>", source(name)):
        assert "noopener" in link


@pytest.mark.parametrize("name", [name for name in NAMES if "/layouts/" not in name and "components.html" not in name])
def test_words_are_marked_for_translation(name: str) -> None:
    if "/pages/_" in name:
        return  # parts of the components page: invented English content
    bare = re.sub(r"{%\s*blocktrans.*?{%\s*endblocktrans\w*\s*%}", "", source(name), flags=re.DOTALL)
    bare = re.sub(r"<kbd.*?</kbd>|<code.*?</code>|<script.*?</script>", "", bare, flags=re.DOTALL)
    bare = re.sub(r"{%.*?%}|{{.*?}}|<[^>]*>|&\w+;", "", bare, flags=re.DOTALL)
    assert re.findall(r"[A-Za-z]{3,}", bare) == []


def test_a_button_is_a_link_where_it_leads_somewhere() -> None:
    draw = engines["django"].from_string
    drawn = draw('{% button "Open" href=href kind="primary" %}').render({"href": "/x/?a=1&b=2"})
    assert drawn == ('<a class="button button-primary" href="/x/?a=1&amp;b=2">Open</a>')
    assert draw('{% button text key="R" name="n" value=0 data_opens="d" hx_get=none %}').render({"text": "<b>"}) == (
        '<button aria-keyshortcuts="R" class="button button-secondary" data-key="r" data-opens="d" name="n"'
        ' type="submit" value="0">&lt;b&gt;<kbd class="key-hint" aria-hidden="true">R</kbd></button>'
    )
