"""The tags and filters that every template has without loading anything. docs/interface.md lists them."""

# ruff: noqa: A002 - id and type are what templates call them
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.forms.utils import flatatt
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from amends.calendars.limits import Limit
from amends.kit.money import Money
from amends.ui import fields, formatting, icons

register = template.Library()

# ---------------------------------------------------------------- words for days, amounts and sizes


def _filter(name: str, of: Any) -> None:
    """Register a formatting function as a filter that shows nothing for nothing."""

    def apply(value: Any) -> str:
        return "" if value is None or value == "" else str(of(value))

    apply.__name__ = name
    register.filter(name, apply)


for _name, _function in (
    ("long_day", formatting.long_day),
    ("day", formatting.day),
    ("short_day", formatting.short_day),
    ("dated", formatting.dated),
    ("weekday", formatting.weekday),
    ("month_day", formatting.month_day),
    ("moment", formatting.moment),
    ("clock", formatting.clock),
    ("number", formatting.number),
    ("file_size", formatting.file_size),
):
    _filter(_name, _function)


@register.filter
def money(value: Money | None) -> str:
    """An amount with its currency."""
    return "" if value is None else formatting.money(value)


@register.filter
def until(due: datetime | None, now: datetime) -> formatting.TimeLeft | str:
    """Words for a deadline, with `.tone`: 2 days late, Today 16:00, 10 days left."""
    return formatting.until(due, now) if due else ""


@register.filter
def due_day(due: datetime | None, now: datetime) -> formatting.TimeLeft | str:
    """As `until`, but with the day for what is still ahead: Thu 26 Nov."""
    return formatting.due_day(due, now) if due else ""


@register.filter
def limit(value: Limit | None) -> str:
    """15 working days; nothing where there is no limit."""
    return formatting.limit(value) if value is not None else ""


@register.filter
def short_moment(value: datetime | None, now: datetime) -> str:
    """Today 08:51, Yesterday 15:20, 18 Nov 10:05."""
    return formatting.short_moment(value, now) if value else ""


@register.simple_tag
def when(value: date | datetime | None, form: str = "moment", now: datetime | None = None) -> SafeString | str:
    """A `<time>` element: the words of one of the filters, and the exact moment for machines."""
    if not value:
        return ""
    words = formatting.short_moment(value, now) if now and isinstance(value, datetime) else _WORDS[form](value)
    exact = timezone.localtime(value) if isinstance(value, datetime) else value
    return format_html('<time datetime="{}">{}</time>', exact.isoformat(), words)


_WORDS: dict[str, Any] = {
    name: getattr(formatting, name)
    for name in ("long_day", "day", "short_day", "dated", "weekday", "month_day", "moment", "clock")
}

# ---------------------------------------------------------------- small parts


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon; with a label it speaks, without one it is decoration."""
    return icons.svg(name, str(label))


@register.simple_tag
def tag(text: str, tone: str = "", icon: str = "") -> SafeString:
    """A short word on colour. Tones: danger, warn, ok, info, wait, line, or none."""
    classes = f"tag tag-{tone}" if tone else "tag"
    return format_html('<span class="{}">{}{}</span>', classes, icons.svg(icon) if icon else "", text)


@register.simple_tag
def avatar(initials: str = "", name: str = "") -> SafeString:
    """Somebody as a circle with letters; without letters a dashed one: nobody yet."""
    if not initials:
        return format_html(
            '<span class="avatar avatar-none" aria-hidden="true">?</span><span class="visually-hidden">{}</span>',
            name or gettext("Unassigned"),
        )
    return format_html(
        '<span class="avatar" aria-hidden="true">{}</span><span class="visually-hidden">{}</span>', initials, name
    )


@register.simple_tag
def key_hint(keys: str) -> SafeString:
    """A key of the keyboard as a hint; "G then Q" becomes two."""
    parts = keys.split()
    return format_html_join(" ", "<kbd>{}</kbd>", ((part,) for part in parts if part != "then"))


@register.simple_tag
def button(
    text: str,
    *,
    kind: str = "secondary",
    size: str = "",
    icon: str = "",
    icon_end: str = "",
    href: str = "",
    type: str = "submit",
    key: str = "",
    wide: bool = False,
    hide_text: bool = False,
    about: str = "",
    **attributes: Any,
) -> SafeString:
    """A button, or with `href` a link that looks like one.

    Kinds: primary, secondary, quiet, danger. Sizes: sm, lg. `key` is the shortcut that presses it. `about` is read out
    after the text but not shown ("Remove" + "letter.pdf"). Any other argument becomes an attribute: name, value,
    form, hx_get …
    """
    classes = [
        "button",
        f"button-{kind}",
        size and f"button-{size}",
        wide and "button-wide",
        hide_text and "button-icon",
    ]
    attrs: dict[str, Any] = {"class": " ".join(name for name in classes if name)}
    if href:
        attrs["href"] = href
    else:
        attrs["type"] = type
    if key:
        attrs |= {"data-key": key.lower(), "aria-keyshortcuts": key}
    given = ((name, value) for name, value in attributes.items() if value is not None and value is not False)
    attrs |= {name.replace("_", "-"): value for name, value in given if value != ""}
    parts = format_html(
        "{}{}{}{}{}",
        icons.svg(icon) if icon else "",
        format_html('<span class="visually-hidden">{}</span>', text) if hide_text else text,
        format_html('<span class="visually-hidden"> {}</span>', about) if about else "",
        icons.svg(icon_end) if icon_end else "",
        format_html('<kbd class="key-hint" aria-hidden="true">{}</kbd>', key) if key and not hide_text else "",
    )
    element = "a" if href else "button"
    return format_html("<{}{}>{}</{}>", element, flatatt(attrs), parts, element)


@register.simple_tag
def progress(value: float, maximum: float = 100, tone: str = "") -> SafeString:
    """A bar as decoration; what it says stands beside it in words."""
    classes = f"bar bar-{tone}" if tone else "bar"
    return format_html(
        '<progress class="{}" value="{}" max="{}" aria-hidden="true"></progress>', classes, value, maximum
    )


# ---------------------------------------------------------------- forms


@register.simple_tag
def field(
    bound: BoundField, *, width: str = "", label: str = "", hint: str | None = None, mark_optional: bool = True
) -> SafeString:
    """Label, hint, error and control of a field, whatever its widget. Widths: s, m."""
    return fields.render(bound, width=width, label=label, hint=hint, mark_optional=mark_optional)


@register.simple_tag
def hidden_fields(form: forms.BaseForm) -> SafeString:
    """All hidden fields of a form."""
    return format_html_join("", "{}", ((hidden.as_widget(),) for hidden in form.hidden_fields()))


@register.simple_tag
def error_summary(*forms_shown: forms.BaseForm | None) -> SafeString | str:
    """All errors of one or several forms on top of the page, each leading to its field. Takes the focus."""
    rows = [row for form in forms_shown if isinstance(form, forms.BaseForm) for row in _errors_of(form)]
    return render_to_string("ui/components/error_summary.html", {"rows": rows}) if rows else ""


def _errors_of(form: forms.BaseForm) -> Iterable[tuple[str, str]]:
    for name, errors in form.errors.items():
        bound = form[name] if name in form.fields else None
        target = "" if bound is None or bound.is_hidden else fields.first_control(bound)
        for error in errors:
            yield str(error), target


@register.simple_tag
def error_prefix(*forms_shown: forms.BaseForm | None) -> str:
    """`Error: ` for the beginning of the page title when something has to be corrected."""
    is_wrong = any(isinstance(form, forms.BaseForm) and form.errors for form in forms_shown)
    return gettext("Error:") + " " if is_wrong else ""


# ---------------------------------------------------------------- parts that enclose others


@register.simple_block_tag
def card(
    content: str, *, title: str = "", level: int = 2, kind: str = "", id: str = "", link: str = "", href: str = ""
) -> SafeString:
    """A framed part of the page. Kinds: callout (framed in the main colour), warn, roomy."""
    context = {
        "content": content, "title": title, "level": level, "kind": kind, "id": id, "link": link, "href": href,
    }  # fmt: skip
    return render_to_string("ui/components/card.html", context)


@register.simple_block_tag
def banner(content: str, *, tone: str = "info", icon: str = "", role: str = "") -> SafeString:
    """A notice across the page. Tones: info, warn, danger, ok."""
    shown = icon or {"warn": "alert", "danger": "alert", "ok": "approve"}.get(tone, "info")
    context = {"content": content, "tone": tone, "icon": shown, "role": role}
    return render_to_string("ui/components/banner.html", context)


@register.simple_block_tag
def dialog(content: str, *, id: str, title: str, kind: str = "dialog", about: str = "") -> SafeString:
    """A `<dialog>`: opened by a button with `data-opens` and its id. Kind `drawer` comes from the side."""
    context = {"content": content, "id": id, "title": title, "kind": kind, "about": about}
    return render_to_string("ui/components/dialog.html", context)


@register.simple_block_tag
def empty(content: str, *, title: str, level: int = 2) -> SafeString:
    """Nothing to show: what this is, why it is empty, and inside one thing to do."""
    return render_to_string("ui/components/empty.html", {"content": content, "title": title, "level": level})


@register.simple_tag
def key_values(rows: Sequence[tuple[str, Any]]) -> SafeString:
    """A list of names and values, side by side."""
    return render_to_string("ui/components/key_values.html", {"rows": rows})
