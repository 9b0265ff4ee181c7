"""How complaints are handled here, said once: for the page, the leaflet and the poster (R-4.4-01, R-7.1-01 to 08).

Everything comes from what runs: the clocks of the rule packs in force, the channels, the form, the list of remedies and
the bodies outside. Nothing of it is typed a second time, so that what is published is what is done.
"""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from amends.complaints.form_now import form_now
from amends.framework.models import Organisation, OutsideBody, RemedyKind
from amends.framework.outside_bodies import named_by_rules
from amends.framework.rules.parts import Clock
from amends.portal.status import body_of
from amends.portal.times import Row, Times, if_it_takes_longer, times_now
from amends.ui import formatting

Words = str | Promise


@dataclass(frozen=True)
class Body:
    """Where else one can turn."""

    name: str
    about: str = ""
    web_address: str = ""
    post_address: str = ""


@dataclass(frozen=True)
class Section:
    """One part: paragraphs, then names with values, then a list, then what is said last."""

    key: str
    title: str
    paragraphs: list[str] = field(default_factory=list)
    facts: list[Row] = field(default_factory=list)
    items: list[Words] = field(default_factory=list)
    tables: list[tuple[str, list[Row]]] = field(default_factory=list)
    bodies: list[Body] = field(default_factory=list)
    last: list[str] = field(default_factory=list)


def sections_now(organisation: Organisation, at: datetime) -> list[Section]:
    """All parts in the language that is active, in the order in which things happen. Some ten queries."""
    times = times_now(at)
    is_reviewed = times.has_second_stage and not organisation.is_small
    found = [
        _you_complain(),
        _what_to_tell(),
        _we_confirm(times),
        _we_look(times),
        _we_decide(times),
        _put_right(),
        _you_answer(times, is_reviewed=is_reviewed),
        _outside(organisation, at),
        _longer(times, is_reviewed=is_reviewed),
        _late(times),
        _status(organisation),
    ]
    return [section for section in found if section is not None]


def _you_complain() -> Section:
    said = _(
        "On these pages, or in any other way that you find below. You may stay anonymous, and somebody may do it for "
        "you. You get a reference and an access code; with them you see at any time where your complaint stands."
    )
    free = _("It costs nothing, and it never affects the service you get from us.")
    return Section("complain", _("1. You complain"), [said, free])


def _what_to_tell() -> Section:
    """From the form itself: what it asks first in each step, and what it must know."""
    asked = [
        question
        for step in form_now().steps
        for question in step.questions
        if question.is_required and not question.staff_only and question.only_when is None
    ]
    intro = _("Tell us in your own words. Everything else helps us, but you need not know it. We ask you:")
    return Section("tell", _("What we need to know"), [intro], items=[question.label for question in asked])


def _we_confirm(times: Times) -> Section:
    said = _("On these pages you see at once that your complaint has arrived.")
    return Section("confirm", _("2. We confirm it"), [said], _clock(_("Our confirmation"), times.acknowledgement))


def _we_look(times: Times) -> Section:
    said = _(
        "First we see how urgent it is: danger comes before everything else. Then we check the facts, ask you where "
        "something is unclear, and hear the other side."
    )
    news = _clock(_("News from us, at the latest every"), times.news)
    return Section("look", _("3. We assess and look into it"), [said], news)


def _we_decide(times: Times) -> Section:
    waits = _("Our decision, after we have confirmed your complaint")
    facts = _clock(waits if times.decision_waits else _("Our decision"), times.decision)
    last = [_("The tracking page shows the day, and how we have counted it.")]
    if times.differ:
        last.append(
            _(
                "These are the usual times. For some matters other rules apply: when you have sent your complaint, you "
                "see the dates that hold for it."
            )
        )
    said = _("Our decision gives reasons, and says what we will do and by when.")
    return Section("decide", _("4. We decide"), [said], facts, last=last)


def _put_right() -> Section | None:
    """R-7.1-07: the list of remedies that is in use."""
    kinds: list[Words] = [str(kind) for kind in RemedyKind.objects.in_use().in_order()]
    if not kinds:
        return None
    said = _("What fits depends on what happened. You can tell us what you want. It can be one of these, or several:")
    return Section("remedies", _("How we can put it right"), [said], items=kinds)


def _you_answer(times: Times, *, is_reviewed: bool) -> Section:
    said = [
        _(
            "You can accept the decision or say that you do not agree. If we hear nothing, we do not take it that you "
            "agree."
        )
    ]
    facts = _clock(_("Time for your answer"), times.answer)
    if is_reviewed:
        said.append(_("If you do not agree, somebody who did not decide before looks at it again."))
        facts += _clock(_("The second look"), times.review)
    return Section("answer", _("5. You answer"), said, facts)


def _outside(organisation: Organisation, at: datetime) -> Section | None:
    """The list of bodies, those that rules in force name, and the one that the organisation has set."""
    listed = list(OutsideBody.objects.in_use().in_order())
    known = {body.rule_code for body in listed}
    bodies = [Body(str(body), str(body.about), body.web_address, body.post_address) for body in listed]
    bodies += [
        Body(str(named.body.name), str(named.body.admissibility), named.body.url or "")
        for code, named in named_by_rules(at).items()
        if code not in known and named.body.url
    ]
    body = body_of(organisation)
    said = [_("At any time you can also turn to %(body)s.") % {"body": body}] if body else []
    if not said and not bodies:
        return None
    return Section("outside", _("Where else you can turn"), said, bodies=bodies)


def _longer(times: Times, *, is_reviewed: bool) -> Section | None:
    tables = [(_("Our decision"), if_it_takes_longer(times.decision))]
    if is_reviewed:
        tables.append((_("The second look"), if_it_takes_longer(times.review)))
    tables = [(title, rows) for title, rows in tables if rows]
    if not tables:
        return None
    said = _(
        "When we need more time than we said, we write to you before the day has come, give the reason and name the "
        "new day."
    )
    return Section("longer", _("If it takes longer"), [said], tables=tables)


def _late(times: Times) -> Section:
    if times.new_date is not None:
        said = _(
            "The tracking page says so and names a new day. We are sorry when that happens, and go on working on your "
            "complaint."
        )
    else:
        said = _("The tracking page says so. We are sorry when that happens, and go on working on your complaint.")
    facts: list[Row] = [(_("Time until the new day"), formatting.limit(times.new_date))] if times.new_date else []
    last = []
    if times.deemed is not None and times.deemed.outcome == "accepted":
        last.append(_("If we do not answer in time, that counts by law as if we had agreed with your complaint."))
    elif times.deemed is not None:
        last.append(
            _(
                "If we do not answer in time, that counts by law as if we had refused your complaint. You can then "
                "turn to a body outside, and we still owe you an answer."
            )
        )
    return Section("late", _("If we are late"), [said], facts, last=last)


def _status(organisation: Organisation) -> Section:
    """R-7.1-08."""
    items: list[Words] = [_("On the tracking page, with your reference and access code, at any time.")]
    if organisation.email:
        items.append(_("By e-mail, if you gave us an address: we write when there is something to read."))
    if organisation.phone:
        items.append(_("By telephone: %(phone)s. Have your reference at hand.") % {"phone": organisation.phone})
    if organisation.visit_address:
        items.append(_("In person: %(address)s") % {"address": organisation.visit_address})
    return Section("status", _("How you learn where it stands"), items=items)


def _clock(label: str, clock: Clock | None) -> list[Row]:
    return [(label, formatting.limit(clock.limit))] if clock is not None else []


def ways_now(organisation: Organisation) -> list[Row]:
    """How to reach us, as names and values: for paper."""
    hours = str(organisation.phone_hours)
    phone = f"{organisation.phone} ({hours})" if organisation.phone and hours else organisation.phone
    rows: list[Row] = [
        (_("By phone"), phone),
        (_("By e-mail"), organisation.email),
        (_("By post"), organisation.post_address),
        (_("In person"), organisation.visit_address),
    ]
    return [(label, value) for label, value in rows if value]
