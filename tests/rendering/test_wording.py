"""The one template engine (P-35): slots are filled with data, and nothing is ever evaluated."""

import re

import pytest
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st

from amends.kit.refusal import Refusal
from amends.rendering.wording import LONGEST, UnknownVariableError, Wording

SECRET = "signs nothing that matters"  # of the settings of the tests
#: What these would give, were any of them evaluated: 40353607 is 7**9.
_EXPRESSIONS = """7**9 config settings.SECRET_KEY request name.__class__ name.__class__.__mro__ self.__dict__
name.__init__.__globals__ ''.__class__ ().__class__.__bases__[0].__subclasses__() __import__('os').system('id')
os.environ open('/etc/passwd').read() name.upper() name[0] name!r name!s name:>9 name:{width} 0 0.__class__
request.user.password lipsum.__globals__ cycler.__init__.__globals__.os.popen('id').read()
range.constructor('return_7*7')() constructor process.env __proto__ toString T(java.lang.Runtime).getRuntime() 7*'7'
dump(app) _self.env self.secret secret name|safe name|upper forloop perform.system('id') block.super csrf_token debug
x.__reduce__() lambda:7**9""".split()  # noqa: SIM905
_FORMS = [
    "{%s}",
    "{{%s}}",
    "{{{%s}}}",
    "{ %s }",
    "{{ %s }}",
    "{%% %s %%}",
    "{%% include %s %%}",
    "{# %s #}",
    "${%s}",
    "#{%s}",
    "<%%= %s %%>",
    "$%s",
    "%%(%s)s",
    "[[%s]]",
    "@(%s)",
    "*{%s}",
]
PAYLOADS = [form % expression for form in _FORMS for expression in _EXPRESSIONS]
_EVALUATED = re.compile(rf"40353607|7777777|{SECRET}|<class|<built-in|<bound|root:|uid=|site-packages|0x[0-9a-f]{{6}}")


def test_there_are_enough_payloads():
    assert len(set(PAYLOADS)) >= 500


def _expanded(text: str, **values: str) -> str:
    """What a text means, worked out letter by letter; KeyError where it names something unknown."""
    told, rest = "", text
    meanings = {"{{": "{"} | {f"{{{name}}}": value for name, value in values.items()}
    while rest:
        written = next((written for written in meanings if rest.startswith(written)), rest[0])
        told += meanings[written] if written in meanings or written == "{" else written
        rest = rest[len(written) :]
    return told


def test_no_payload_is_evaluated_as_a_text():
    """Each is either refused when it is written or gives itself back, letter by letter."""
    refused = 0
    for payload in PAYLOADS:
        try:
            told = Wording(payload, ["name"]).fill(name="Mari")
        except UnknownVariableError as refusal:
            refused += 1
            told = str(refusal)
            with pytest.raises(KeyError):
                _expanded(payload, name="Mari")
        else:
            assert told == _expanded(payload, name="Mari")
        assert not _EVALUATED.search(told)
    assert refused > 100


def test_no_payload_is_evaluated_as_a_value():
    """Complainant text is data: it comes out as it went in, with everything of the process within reach."""
    wording = Wording("{name} / {secret}: {name}", ["name", "secret"])
    for payload in PAYLOADS:
        assert wording.fill(name=payload, secret="-") == f"{payload} / -: {payload}"
        assert wording.fill(name="-", secret=payload) == f"- / {payload}: -"


_BRACES = st.text(alphabet="{}name_reference.!:[]0 $\\%", max_size=30)


@given(_BRACES, _BRACES)
def test_any_text_is_refused_or_keeps_values_apart(text, value):
    try:
        wording = Wording(text, ["name", "reference"])
    except UnknownVariableError:
        return
    told = wording.fill(name=value, reference="*")
    assert told == _expanded(wording.text, name=value.strip(), reference="*")


def test_slots_are_filled():
    wording = Wording("Dear {name},\n{reference} and {{name} and }.", ("name", "reference"))
    assert wording.fill(name="Mari", reference=7) == "Dear Mari,\n7 and {name} and }."
    assert wording.used == {"name", "reference"}


def test_a_translated_text_is_filled():
    assert Wording(gettext_lazy("Yes"), []).fill() == "Yes"
    assert Wording("{answer}", ["answer"]).fill(answer=gettext_lazy("Yes")) == "Yes"


@pytest.mark.parametrize(
    "text",
    [
        *("{other}", "{name.title}", "{name[0]}", "{name!r}", "{name:>9}", "{}", "{0}", "{ name }", "{Name}", "{näme}"),
        *("{name", "{", "{\u200bname}", "{name\n}", "{_name}", "{{{other}"),
    ],
)
def test_an_unknown_variable_is_refused_when_the_text_is_written(text):
    with pytest.raises(UnknownVariableError) as refusal:
        Wording(text, ["name"])
    assert refusal.value.code == "unknown_variable"
    assert "{name}" in str(refusal.value.sentence)
    assert refusal.value.named in refusal.value.facts["named"]


def test_a_text_that_is_too_long_is_refused():
    with pytest.raises(Refusal):
        Wording("x" * (LONGEST + 1), [])


@pytest.mark.parametrize("values", [{}, {"name": "x"}, {"name": "x", "day": "y", "more": "z"}])
def test_exactly_the_declared_values_are_given(values):
    """Also when the text does not name them: the next version of the text may."""
    with pytest.raises(TypeError):
        Wording("{name}", ["name", "day"]).fill(**values)


class _Talkative:
    def __str__(self):
        return SECRET


@pytest.mark.parametrize("value", [None, True, 1.5, b"x", ["x"], _Talkative(), SimpleLazyObject(_Talkative)])
def test_only_finished_words_are_filled_in(value):
    with pytest.raises(TypeError):
        Wording("{name}", ["name"]).fill(name=value)


def test_a_marked_string_becomes_a_plain_one():
    filled = Wording("{name}", ["name"]).fill(name=mark_safe("<b>"))
    assert type(filled) is str


def test_values_lose_control_characters():
    assert Wording("[{name}]", ["name"]).fill(name="\x00a\x1b[31m\x7f\x9b\ud800b\r\nc\x0bd ") == "[a[31mb\nc\nd]"


def test_values_cannot_turn_the_text_around_them():
    assert Wording("{name} owes us", ["name"]).fill(name="\u202eiraM") == "\u202eiraM\u202c owes us"


_BREAKS = ["\n", "\r", "\r\n", "\v", "\f", *"\x1c\x1d\x1e\x85\u2028\u2029\x00"]


@pytest.mark.parametrize("line_break", _BREAKS)
@pytest.mark.parametrize("place", ["{b}x", "x{b}", "x{b}Bcc: thief@evil.example", "x{b}{b}<script>", "{b} x"])
def test_no_line_break_gets_into_a_line(line_break, place):
    value = place.replace("{b}", line_break)
    for text in ("Re: {name}", f"Re:{line_break} {{name}}"):
        line = Wording(text, ["name"]).fill_line(name=value)
        assert len(line.splitlines()) == 1
        assert "\x00" not in line


@given(st.text())
def test_any_value_stays_on_the_line(value):
    assert len(Wording("Re: {name}", ["name"]).fill_line(name=value).splitlines()) == 1
