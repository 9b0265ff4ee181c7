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


class _Module:
    """A module, and where in it a text can have come from."""

    def __init__(self, source: str) -> None:
        self.tree = ast.parse(source)
        self._functions = [node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef)]
        self._asked: set[tuple[str, str]] = set()
        self.calls = [node for node in ast.walk(self.tree) if isinstance(node, ast.Call)]

    def forget(self) -> None:
        """Every question is asked anew."""
        self._asked.clear()

    def is_written_out(self, node: ast.expr) -> bool:
        """A text that stands in the source, perhaps to be translated: nothing can have been put into it."""
        if isinstance(node, ast.Call) and _name(node.func) in _TRANSLATING:
            return all(isinstance(argument, ast.Constant) for argument in node.args[:2])
        if isinstance(node, ast.IfExp):
            return self.is_written_out(node.body) and self.is_written_out(node.orelse)
        if isinstance(node, ast.Name):
            return self._is_always_written_out(node)
        return isinstance(node, ast.Constant) and isinstance(node.value, str)

    def _is_always_written_out(self, name: ast.Name) -> bool:
        """A name that is only ever given such texts: in its function, or by every caller of a private function."""
        around = [f for f in self._functions if name in ast.walk(f)]
        if not around:
            return False
        function = around[-1]
        if (function.name, name.id) in self._asked:
            # A function that calls itself: the other calls decide.
            return True
        self._asked.add((function.name, name.id))
        given = [
            node.value
            for node in ast.walk(function)
            if isinstance(node, ast.Assign) and any(_name(target) == name.id for target in node.targets)
        ]
        places = [place for place, parameter in enumerate(function.args.args) if parameter.arg == name.id]
        if places and function.name.startswith("_"):
            calls = [call for call in self.calls if _name(call.func) == function.name]
            given += [call.args[places[0]] if len(call.args) > places[0] else call for call in calls]
        elif places:
            return False
        others = [n for n in ast.walk(function) if isinstance(n, ast.Name) and n.id == name.id]
        written = [n for n in others if not isinstance(n.ctx, ast.Load)]
        assigned = sum(
            1 for n in ast.walk(function) if isinstance(n, ast.Assign) for t in n.targets if _name(t) == name.id
        )
        return bool(given) and len(written) == assigned and all(map(self.is_written_out, given))


def misuse_in_python(source: str) -> list[str]:
    """What in a Python source turns text into trusted markup."""
    module, found = _Module(source), []
    for node in ast.walk(module.tree):
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
    for call in module.calls:
        module.forget()
        found += _misuse_in_call(call, module)
    return found


def _misuse_in_call(node: ast.Call, module: _Module) -> list[str]:
    name, line = _name(node.func), node.lineno
    if name in _DECLARING:
        return [f"{line}: calls {name}"]
    if name in _FORMATTING:
        place = _FORMATTING[name]
        if len(node.args) <= place or not module.is_written_out(node.args[place]):
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
        "def f(x):\n    return format_html(x, 1)",
        "def _f(x):\n    return format_html(x, 1)\n_f(y)",
        "def _f(x):\n    return format_html(x, 1)\n_f('a')\n_f('a' + y)",
        "def _f(x):\n    return format_html(x, 1)\n_f(x='a')",
        "def _f(x):\n    return format_html(x, 1)",
        "def f():\n    x = '<b>'\n    x += y\n    return format_html(x, 1)",
        "def f():\n    x = '<b>'\n    for x in y: return format_html(x, 1)",
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
        "def f():\n    x = _('<b>{}</b>') if y else '{}'\n    return format_html(x, 1)",
        "def _f(x):\n    return _f(x) or format_html(x, 1)\n_f('{}')",
        "def _f(x):\n    return format_html(x, 1)\n_f('{}')\ndef g():\n    x = _('{}')\n    return _f(x)",
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
