"""Keeping the list of outside bodies: each change is a version of its own, and none is ever deleted (7.9)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from amends.framework import events
from amends.framework.models import OutsideBody, OutsideBodyVersion
from amends.framework.models.outside_body import FACTS
from amends.framework.permissions import May
from amends.framework.staleness import stale
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.kit.text import clean_line, fold
from amends.kit.translated import TranslatedText
from amends.permissions import engine

_IS_ADDRESS = URLValidator(schemes=["http", "https"])
NOTHING = TranslatedText()


@dataclass(frozen=True)
class Written:
    """What somebody writes about a body. `rule_code`: what rule packs call it."""

    name: TranslatedText
    about: TranslatedText = NOTHING
    takes: TranslatedText = NOTHING
    web_address: str = ""
    post_address: str = ""
    rule_code: str = ""
    is_active: bool = True


@transaction.atomic
def add_outside_body(written: Written, *, by: engine.Person, at: datetime, code: str = "") -> OutsideBody:
    """Put a body on the list. Refusals: `name_needed`, `address_wrong`, `code_taken`, `named_twice`."""
    engine.require(by, May.CHANGE_OUTSIDE_BODIES)
    values = _checked(written)
    body = OutsideBody(code=code or slugify(fold(str(written.name)))[:60] or "body", **values)
    _named_once(body, values["rule_code"])
    try:
        with transaction.atomic():
            body.save(force_insert=True)
    except IntegrityError as error:
        raise Refusal("code_taken", _("A body with this name is on the list already."), field="name") from error
    _keep(body, values, by, at)
    record(
        events.OutsideBodyAdded(body=body.subject, code=body.code, rule_code=body.rule_code),
        by=by,
        at=at,
        payload=_plain(values),
    )
    return body


@transaction.atomic
def change_outside_body(body: OutsideBody, written: Written, *, seen: int, by: engine.Person, at: datetime) -> None:
    """Write over version `seen`, or no longer offer it. Newer facts of somebody else are not overwritten.

    Refusals: those of adding, and `stale`.
    """
    engine.require(by, May.CHANGE_OUTSIDE_BODIES)
    values = _checked(written)
    _named_once(body, values["rule_code"])
    changed = tuple(name for name in FACTS if getattr(body, name) != values[name])
    rows = OutsideBody.objects.filter(pk=body.pk, version=seen)
    if rows.update(version=F("version") + 1, **values) != 1:
        raise stale()
    body.refresh_from_db()
    _keep(body, values, by, at)
    record(
        events.OutsideBodyChanged(
            body=body.subject, code=body.code, version=body.version, is_active=body.is_active, changed=changed
        ),
        by=by,
        at=at,
        payload=_plain(values),
    )


def _checked(written: Written) -> dict[str, Any]:
    if not written.name:
        raise Refusal("name_needed", _("Enter a name in at least one language."), field="name")
    address = clean_line(written.web_address)[:300]
    if address:
        try:
            _IS_ADDRESS(address)
        except ValidationError as error:
            sentence = _("Enter a whole web address, like https://ombudsman.example.")
            raise Refusal("address_wrong", sentence, field="web_address") from error
    return {
        **{name: getattr(written, name) for name in FACTS},
        "web_address": address,
        "post_address": clean_line(written.post_address)[:300],
        "rule_code": slugify(written.rule_code)[:64] if written.rule_code else "",
    }


def _named_once(body: OutsideBody, rule_code: str) -> None:
    if rule_code and OutsideBody.objects.filter(rule_code=rule_code).exclude(pk=body.pk).exists():
        sentence = _("Another body on the list stands for this one of the rules.")
        raise Refusal("named_twice", sentence, field="rule_code")


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value.as_dict() if isinstance(value, TranslatedText) else value for name, value in values.items()}


def _keep(body: OutsideBody, values: dict[str, Any], by: engine.Person, at: datetime) -> None:
    OutsideBodyVersion.objects.create(
        body=body,
        number=body.version,
        facts=_plain(values),
        person_id=by.actor_key if by.actor_kind == "person" else None,
        at=at,
    )
