"""One field of a form as HTML: label, hint, error and control, tied together for those who do not see them."""

from copy import copy
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.forms.boundfield import BoundField, BoundWidget
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from amends.ui import formatting
from amends.ui.widgets import DayInput, RadioChips, RadioMatrix

_LEFT_TO_RIGHT = {"email", "tel", "url"}


@dataclass
class Option:
    """One radio button or checkbox of a group."""

    control: BoundWidget
    value: str
    hint: str | Promise = ""
    below: list[SafeString] = field(default_factory=list)


@dataclass
class MatrixRow:
    """One row of the matrix: its label and its cells."""

    label: str | Promise
    cells: list[dict[str, Any]]


def kind_of(bound: BoundField) -> str:
    """Which of our templates shows the field."""
    widget = bound.field.widget
    if isinstance(widget, RadioMatrix):
        return "matrix"
    if isinstance(widget, RadioChips):
        return "chips"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "rows"
    if isinstance(widget, forms.CheckboxInput):
        return "checkbox"
    if isinstance(widget, forms.Textarea):
        return "textarea"
    if isinstance(widget, forms.FileInput):
        return "file"
    if isinstance(widget, forms.Select):
        return "select"
    return "input"


def render(
    bound: BoundField, *, width: str = "", label: str = "", hint: str | None = None, mark_optional: bool = True
) -> SafeString:
    """The whole field. Hidden fields come out bare; their errors belong in the error summary."""
    if bound.is_hidden:
        return bound.as_widget()
    kind = kind_of(bound)
    context = _context(bound, kind, hint)
    context["label"] = label or bound.label
    if mark_optional and not bound.field.required and kind != "checkbox":
        context["label"] = format_html('{} <span class="optional">{}</span>', context["label"], gettext("(optional)"))
    if kind in {"rows", "chips"}:
        context["options"] = _options(bound)
    elif kind == "matrix":
        context |= _matrix(bound)
    else:
        context["control"] = _control(bound, kind, width, context)
    return render_to_string(f"ui/fields/{kind}.html", context)


def first_control(bound: BoundField) -> str:
    """The id that a link in the error summary leads to."""
    if kind_of(bound) in {"rows", "chips", "matrix"}:
        return f"{bound.auto_id}_0"
    return bound.id_for_label or str(bound.auto_id)


def _context(bound: BoundField, kind: str, hint: str | None) -> dict[str, Any]:
    identity = bound.auto_id
    words: str | Promise = bound.help_text if hint is None else hint
    limit = _limit(bound) if kind == "textarea" else None
    described = [
        f"{identity}_{part}"
        for part, is_there in (("hint", words), ("error", bound.errors), ("count", limit))
        if is_there
    ]
    return {
        "field": bound,
        "id": identity,
        "hint": words,
        "errors": bound.errors,
        "described_by": " ".join(described),
        "limit": limit,
        "limit_words": _limit_words(limit) if limit else "",
    }


def _limit(bound: BoundField) -> int | None:
    found = getattr(bound.field, "max_length", None)
    return int(found) if found else None


def _limit_words(limit: int) -> str:
    words = ngettext("You can write up to %(number)s character", "You can write up to %(number)s characters", limit)
    return words % {"number": formatting.number(limit)}


def _control(bound: BoundField, kind: str, width: str, context: dict[str, Any]) -> SafeString:
    widget = copy(bound.field.widget)
    attrs = dict(widget.attrs)
    # A control that stops taking letters loses the end of what was pasted: the limit is counted and checked instead.
    attrs.pop("maxlength", None)
    # The label says it; words inside the control vanish when one begins to type.
    attrs.pop("placeholder", None)
    attrs["id"] = bound.id_for_label or bound.auto_id
    if kind != "checkbox":
        classes = [attrs.get("class", ""), "file-input" if kind == "file" else "input", width and f"width-{width}"]
        attrs["class"] = " ".join(name for name in classes if name)
    if getattr(widget, "input_type", "") in _LEFT_TO_RIGHT:
        attrs.setdefault("dir", "ltr")
    if getattr(widget, "input_type", "") == "email":
        attrs.setdefault("spellcheck", "false")
    if context["described_by"]:
        attrs["aria-describedby"] = context["described_by"]
    if bound.errors:
        attrs["aria-invalid"] = "true"
    if context["limit"]:
        attrs["data-count"] = f"{context['id']}_count"
        attrs["data-limit"] = context["limit"]
    if bound.field.required and bound.form.use_required_attribute and widget.use_required_attribute(bound.initial):
        attrs["required"] = True
    if bound.field.disabled:
        attrs["disabled"] = True
    widget.attrs = {}
    # Not by way of as_widget: it adds a description of its own, which leads nowhere here.
    drawn: SafeString = widget.render(bound.html_name, bound.value(), attrs, bound.form.renderer)
    return drawn


def _options(bound: BoundField) -> list[Option]:
    widget = bound.field.widget
    hints: dict[str, Any] = getattr(widget, "hints", {})
    reveals: dict[str, Any] = getattr(widget, "reveals", {})
    options = []
    for control in bound.subwidgets:
        value = str(control.data["value"])
        fields = [bound.form[name] for name in reveals.get(value, ())]
        below = [render(field, width="s" if isinstance(field.field.widget, DayInput) else "m") for field in fields]
        options.append(Option(control, value, hints.get(value, ""), below))
    return options


def _matrix(bound: BoundField) -> dict[str, Any]:
    widget = bound.field.widget
    assert isinstance(widget, RadioMatrix)
    controls = iter(bound.subwidgets)
    rows = []
    for label in widget.rows:
        cells = []
        for _column in widget.columns:
            control = next(controls)
            cell = widget.cells[str(control.data["value"])]
            cells.append({"control": control.data, "cell": cell, "is_chosen": bool(control.data["selected"])})
        rows.append(MatrixRow(label, cells))
    return {"rows": rows, "columns": widget.columns, "corner": widget.corner}
