"""Forms of the settings that two people can have before them at once: people, units, and the framework."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Model

from amends.calendars.actions import add_calendar
from amends.calendars.making import calendar_document
from amends.calendars.models import Calendar, CalendarVersion
from amends.complaints.stages import Stage
from amends.framework.actions.activate_pack import activate_pack
from amends.framework.actions.change_outside_bodies import Written, add_outside_body
from amends.framework.actions.change_routing import add_routing_rule
from amends.framework.actions.choose_calendar import choose_calendar
from amends.framework.actions.set_authority import set_authority
from amends.framework.models import (
    Activation,
    AuthorityLimit,
    CalendarUse,
    Category,
    ExchangeRate,
    FourEyesRule,
    Ladder,
    Matrix,
    MessageTemplate,
    Organisation,
    OutsideBody,
    PublicText,
    RoutingRule,
    RulePackVersion,
    Significance,
)
from amends.journal.pseudonyms import name_of
from amends.kit import clock
from amends.kit.translated import TranslatedText
from amends.people import actions as people
from amends.people.models import Person, Training, Unit
from amends.people.standing import SYSTEM
from amends.permissions.roles import Role
from tests.cast import World
from tests.form import Form, Typed

S, DAY = Stage, timedelta(days=1)
TWO = ("adam", "ada")
BOTH = ("adam", "clara")
PERSON = "/settings/people/{name}/"
UNIT = "/settings/units/{name}/"


def by_system() -> dict[str, Any]:
    return {"by": SYSTEM, "at": clock.now() - timedelta(minutes=5)}


def _day(after: int = 0) -> str:
    return (datetime.now() + after * DAY).date().isoformat()


def newest(*models: type[Model]) -> Any:
    """The facts are the newest rows of these tables."""

    def rows(about: Any) -> Iterable[Model]:
        return [row for model in models for row in model._default_manager.order_by("-pk")[:3]]

    return rows


def named_in_journal(about: Any) -> Mapping[str, object]:
    return {"name": name_of(about.subject)}


def itself(about: Any) -> Iterable[Model]:
    return [about]


# ---------------------------------------------------------------- people and units


def a_person(world: World, called: str) -> Person:
    return people.invite(f"{called}@larkhaven.example", f"Nora {called}", **by_system())


def _handler(world: World, called: str) -> Person:
    person = a_person(world, called)
    people.grant_role(person, Role.HANDLER, world.water, **by_system())
    return person


def _away(world: World, called: str) -> Person:
    person = a_person(world, called)
    first = datetime.now().date()
    people.record_absence(person, starts_on=first, ends_on=first + DAY, substitute=None, **by_system())
    return person


def _lender(world: World, called: str) -> Person:
    person, now = _handler(world, called), clock.now()
    days = {"starts_at": now - timedelta(hours=1), "ends_at": now + 3 * DAY}
    people.delegate(person, world.bruno, Role.HANDLER, world.water, **days, **by_system())
    return person


def _unit(world: World, called: str) -> Unit:
    return people.add_unit(f"District {called}", parent=world.energy, **by_system())


def _first(rows: str, name: str) -> Any:
    """The one row below a person that the form names."""
    return lambda world, person: {name: getattr(person, rows).earliest("pk").pk}


def _role(world: World, person: Person) -> Typed:
    return {"role-role": "handler", "role-unit": world.water.pk}


def _lent(world: World, person: Person) -> Typed:
    days = {"delegation-starts_at": _day(), "delegation-ends_at": _day(2)}
    return {"delegation-holder": world.bruno.pk, "delegation-role": "handler", "delegation-unit": world.water.pk} | days


PEOPLE_AND_UNITS: tuple[Form, ...] = (
    Form(
        "/settings/people/new/",
        None,
        {"name": "Nora {}", "email": "{}@larkhaven.example"},
        TWO,
        adds=True,
        rows=newest(Person),
    ),
    Form(PERSON, None, {"details-name": "Nora {}"}, TWO, made=a_person, slots=named_in_journal, rows=itself),
    Form(PERSON + "roles/", None, _role, TWO, PERSON, made=a_person, slots=named_in_journal),
    Form(PERSON + "roles/ended/", None, _first("grants", "grant"), TWO, PERSON, made=_handler, slots=named_in_journal),
    Form(
        PERSON + "absences/",
        None,
        {"absence-starts_on": _day(5), "absence-ends_on": _day(6)},
        TWO,
        PERSON,
        made=a_person,
        slots=named_in_journal,
    ),
    Form(
        PERSON + "absences/cancelled/",
        None,
        _first("absences", "absence"),
        TWO,
        PERSON,
        made=_away,
        slots=named_in_journal,
    ),
    Form(PERSON + "delegations/", None, _lent, TWO, PERSON, made=_handler, slots=named_in_journal, adds=True),
    Form(
        PERSON + "delegations/ended/",
        None,
        _first("delegations_given", "delegation"),
        TWO,
        PERSON,
        made=_lender,
        slots=named_in_journal,
    ),
    Form(PERSON + "invitation/", None, {}, TWO, PERSON, made=a_person, slots=named_in_journal, adds=True),
    Form(PERSON + "leaving/", None, {"successor": ""}, TWO, made=a_person, slots=named_in_journal),
    Form(
        "/settings/units/",
        None,
        lambda w, a: {"name": "Unit {}", "parent": w.water.pk},
        TWO,
        adds=True,
        rows=newest(Unit),
    ),
    Form(UNIT, None, {"name": "Unit {}"}, TWO, made=_unit, slots=named_in_journal, rows=itself),
    Form(UNIT + "closing/", None, lambda w, a: {"successor": w.water.pk}, TWO, made=_unit, slots=named_in_journal),
)

# ---------------------------------------------------------------- the framework


def _category(world: World, called: str) -> Category:
    label = TranslatedText({"en": f"Noise {called}", "et": "Müra", "tr": "Gürültü"})
    return Category.objects.create(code=f"noise-{called}", label=label, position=Category.objects.count() * 10 + 1000)


def _body(world: World, called: str) -> OutsideBody:
    return add_outside_body(Written(name=TranslatedText({"en": f"Water {called}"})), **by_system())


def _calendar(world: World, called: str) -> Calendar:
    name = TranslatedText({"en": f"Depot {called}"})
    document = calendar_document(zone="Europe/Tallinn", this_year=clock.now().year, country="EE")
    return add_calendar(name, document, **by_system()).calendar


def _used(world: World, called: str) -> CalendarUse:
    choose_calendar(Calendar.objects.earliest("pk"), site=f"Depot {called}", **by_system())
    return CalendarUse.objects.latest("pk")


def _coded(about: Any) -> Mapping[str, object]:
    return {"code": about.code}


def _rule(world: World, called: str) -> RoutingRule:
    return add_routing_rule(world.water, site=f"Depot {called}", **by_system())


def _limit(world: World, called: str) -> AuthorityLimit:
    AuthorityLimit.objects.open().filter(role=Role.DECISION_MAKER.value, unit=world.harbour).update(ends_at=clock.now())
    return set_authority(Role.DECISION_MAKER, most=100, reason="New", unit=world.harbour, **by_system())


def _limit_looked_at(world: World, about: Any) -> Typed:
    most = (AuthorityLimit.objects.count() % 1000) + 1
    role = {"role": "decision_maker", "unit": world.energy.pk, "kind": ""}
    return {**role, "most": f"{most}", "reason": "Agreed {}"}


def _limited(world: World, about: Any) -> Typed:
    return {**_limit_looked_at(world, about), "save": "1"}


def _activation(world: World, called: str) -> Activation:
    pack = RulePackVersion.objects.filter(pack="estonia").latest("version")
    return activate_pack(
        pack, role=Activation.Role.BESIDE, site=f"Depot {called}", reason="New", starts_at=clock.now(), **by_system()
    )


def _another_level(world: World, about: Any) -> Typed:
    return {"level0_count": str(Ladder.objects.count() % 2 + 1)}


def _more_money(world: World, about: Any) -> Typed:
    return {"above": str(FourEyesRule.objects.count() + 5), "save": "1"}


def _more_people(world: World, about: Any) -> Typed:
    return {"people_from": str(Significance.objects.count() % 5000 + 20)}


def _own_document(world: World, about: Any) -> Typed:
    document = RulePackVersion.objects.filter(pack="general").latest("version").document
    name = {**document["name"], "en": "Ours @"}
    # Braces with nothing between them would stand for words.
    return {"document": json.dumps({**document, "name": name}).replace("{}", "{ }").replace("@", "{}")}


FRAMEWORK: tuple[Form, ...] = (
    Form("/settings/organisation/", None, {"post_address": "Mill Lane {}"}, BOTH, rows=newest(Organisation)),
    Form("/settings/lists/categories/", None, {"label_en": "Noise {}"}, BOTH, adds=True, rows=newest(Category)),
    Form(
        "/settings/lists/categories/{code}/",
        None,
        {"label_en": "Noise {}"},
        BOTH,
        made=_category,
        slots=_coded,
        rows=itself,
    ),
    Form("/settings/calendars/new/", None, {"name_en": "Depot {}"}, BOTH, adds=True, rows=newest(Calendar)),
    Form("/settings/public-texts/policy/", None, {"text_en": "We listen {}"}, BOTH, rows=newest(PublicText)),
    Form("/settings/messages/progress/", None, {"subject_en": "News {}"}, BOTH, rows=newest(MessageTemplate)),
    Form("/settings/outside-bodies/new/", None, {"name_en": "Water {}"}, BOTH, adds=True, rows=newest(OutsideBody)),
    Form(
        "/settings/outside-bodies/{code}/", None, {"name_en": "Water {}"}, BOTH, made=_body, slots=_coded, rows=itself
    ),
    Form(
        "/settings/calendars/{code}/change/",
        None,
        {"do": "publish", "note": "Fridays {}"},
        BOTH,
        asked={"do": "preview", "week_5": "9-13"},
        made=_calendar,
        slots=_coded,
        rows=newest(CalendarVersion),
    ),
    Form(
        "/settings/calendars/use/",
        None,
        lambda w, a: {"calendar": Calendar.objects.earliest("pk").code, "where": "site", "site": "Depot {}"},
        BOTH,
        adds=True,
        rows=newest(CalendarUse),
    ),
    Form(
        "/settings/calendars/use/ended/",
        None,
        lambda w, use: {"use": use.pk},
        BOTH,
        "/settings/calendars/use/",
        made=_used,
    ),
    Form(
        "/settings/routing/",
        None,
        lambda w, a: {"site": "Depot {}", "unit": w.water.pk},
        BOTH,
        adds=True,
        rows=newest(RoutingRule),
    ),
    Form(
        "/settings/routing/ended/",
        None,
        lambda w, rule: {"rule": name_of(rule.subject)},
        BOTH,
        "/settings/routing/",
        made=_rule,
    ),
    Form(
        "/settings/authorities/limit/",
        None,
        _limited,
        BOTH,
        asked=_limit_looked_at,
        rows=newest(AuthorityLimit),
    ),
    Form(
        "/settings/authorities/ending/",
        None,
        lambda w, limit: {"limit": limit.pk, "reason": "Not now {}"},
        BOTH,
        page="/settings/authorities/ending/?limit={pk}",
        made=_limit,
        slots=lambda limit: {"pk": limit.pk},
        journalled=True,
    ),
    Form("/settings/authorities/four-eyes/", None, _more_money, BOTH),
    Form(
        "/settings/rates/",
        None,
        {"currency": "USD", "rate": "0.79", "valid_on": _day(-1), "source": "The bank {}"},
        BOTH,
        adds=True,
        rows=newest(ExchangeRate),
    ),
    Form(
        "/settings/training/",
        None,
        lambda world, _made: {
            "course": "Listening {}",
            "completed_on": _day(-2),
            "evidence": "List 4",
            "people": [str(world.zoe.pk)],
        },
        BOTH,
        adds=True,
        rows=newest(Training),
    ),
    Form("/settings/escalation/change/", None, _another_level, BOTH),
    Form(
        "/settings/assessment/matrix/",
        None,
        {"reason": "Agreed {}", "severity1_en": "Little {}"},
        BOTH,
        rows=newest(Matrix),
    ),
    Form("/settings/assessment/significance/", None, _more_people, BOTH),
    Form(
        "/settings/rules/activations/new/",
        None,
        {"confirm": "1"},
        BOTH,
        asked={"pack": "estonia.1", "role": "beside", "site": "Depot {}", "reason": "Agreed {}"},
        rows=newest(Activation),
    ),
    Form(
        "/settings/rules/activations/{name}/ending/",
        None,
        {"reason": "No longer {}"},
        BOTH,
        made=_activation,
        slots=named_in_journal,
        journalled=True,
    ),
    Form("/settings/rules/general/1/own/", None, {"name_en": "Ours {}"}, BOTH, rows=newest(RulePackVersion)),
    Form("/settings/rules/general/1/own/document/", None, _own_document, BOTH, rows=newest(RulePackVersion)),
)
