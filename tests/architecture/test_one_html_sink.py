"""Markup that a page trusts comes from one module: nothing else may mark text as safe or switch escaping off."""

import ast
import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "amends"
SINK = SOURCE / "rendering" / "html.py"

#: Calling one of these declares text to be markup.
_DECLARING = {"mark_safe", "SafeString", "SafeText", "SafeData", "SafeBytes", "html_safe", "Markup"}
_FORMATTING = {"format_html": 0, "format_html_join": 1}
_TRANSLATING = {"_", "gettext", "gettext_lazy", "pgettext", "pgettext_lazy", "ngettext", "ngettext_lazy"}


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _is_written_out(node: ast.expr) -> bool:
    """A text that stands in the source, perhaps to be translated: nothing can have been put into it."""
    if isinstance(node, ast.Call) and _name(node.func) in _TRANSLATING:
        return all(isinstance(argument, ast.Constant) for argument in node.args[:2])
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def misuse_in_python(source: str) -> list[str]:
    """What in a Python source turns text into trusted markup."""
    found = []
    for node in ast.walk(ast.parse(source)):
        line = getattr(node, "lineno", 0)
        if isinstance(node, ast.ImportFrom):
            found += [f"{line}: imports {a.name}" for a in node.names if a.name in {"mark_safe", "html_safe"}]
            found += [
                f"{line}: renames {a.name}" for a in node.names if a.asname and a.name in _DECLARING | {*_FORMATTING}
            ]
        elif isinstance(node, ast.ClassDef):
            found += [f"{line}: subclasses {_name(b)}" for b in node.bases if _name(b) in _DECLARING]
        elif isinstance(node, ast.FunctionDef) and node.name == "__html__":
            found.append(f"{line}: defines __html__")
        elif isinstance(node, ast.Call):
            found += _misuse_in_call(node, line)
    return found


def _misuse_in_call(node: ast.Call, line: int) -> list[str]:
    name = _name(node.func)
    if name in _DECLARING:
        return [f"{line}: calls {name}"]
    if name in _FORMATTING:
        place = _FORMATTING[name]
        if len(node.args) <= place or not _is_written_out(node.args[place]):
            return [f"{line}: {name} with a format that is put together"]
        if name == "format_html" and len(node.args) + len(node.keywords) < 2:
            return [f"{line}: format_html that escapes nothing"]
    return [
        f"{line}: {keyword.arg}"
        for keyword in node.keywords
        if (keyword.arg == "is_safe" and _says(keyword.value, True))
        or (keyword.arg == "autoescape" and _says(keyword.value, False))
    ]


def _says(node: ast.expr, value: bool) -> bool:
    return isinstance(node, ast.Constant) and node.value is value


_IN_TEMPLATES = re.compile(r"\|\s*safe(seq)?\b|\{%-?\s*autoescape\s+off|\{%\s*filter\s+[^%]*\bsafe\b")


def misuse_in_template(source: str) -> list[str]:
    """What in a template switches escaping off."""
    return [
        f"{number}: {found.group()}"
        for number, line in enumerate(source.splitlines(), 1)
        for found in _IN_TEMPLATES.finditer(line)
    ]


def test_no_module_but_the_sink_trusts_text():
    found = {
        str(path.relative_to(SOURCE)): misuse
        for path in SOURCE.rglob("*.py")
        if path != SINK and (misuse := misuse_in_python(path.read_text(encoding="utf-8")))
    }
    assert found == {}


def test_no_template_switches_escaping_off():
    found = {
        str(path.relative_to(SOURCE)): misuse
        for suffix in ("html", "txt", "xml", "svg", "eml")
        for path in SOURCE.rglob(f"*.{suffix}")
        if (misuse := misuse_in_template(path.read_text(encoding="utf-8")))
    }
    assert found == {}


def test_the_sink_is_where_it_is_said_to_be():
    assert misuse_in_python(SINK.read_text(encoding="utf-8")) != []


@pytest.mark.parametrize(
    "source",
    [
        "from django.utils.safestring import mark_safe",
        "safestring.mark_safe(x)",
        "SafeString(x)",
        "from django.utils.safestring import SafeString as Text",
        "class Trusted(SafeString): pass",
        "class Page:\n    def __html__(self): return 1",
        "format_html(f'<b>{x}</b>', y)",
        "format_html('<b>' + x, y)",
        "format_html('<b>%s</b>' % x, y)",
        "format_html('<b>{}</b>'.format(x), y)",
        "format_html(x, y)",
        "format_html(_(f'{x}'), y)",
        "format_html('<b>')",
        "format_html_join('', f'<b>{x}', rows)",
        "register.filter('shout', shout, is_safe=True)",
        "Engine(autoescape=False)",
    ],
)
def test_misuse_in_python_is_seen(source):
    assert misuse_in_python(source) != []


@pytest.mark.parametrize(
    "source",
    [
        "format_html('<b>{}</b>', x)",
        "format_html(_('<b>{name}</b>'), name=x)",
        "format_html_join('', '<b>{}</b>', rows)",
        "from django.utils.safestring import SafeString\ndef f() -> SafeString: ...",
    ],
)
def test_proper_use_in_python_is_let_through(source):
    assert misuse_in_python(source) == []


@pytest.mark.parametrize(
    "source", ["{{ x|safe }}", "{{ x | safe }}", "{{ x|upper|safeseq|join:', ' }}", "{% autoescape off %}"]
)
def test_misuse_in_a_template_is_seen(source):
    assert misuse_in_template(source) != []
