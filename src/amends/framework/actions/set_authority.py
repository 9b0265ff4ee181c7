"""Saying how much the holders of a role may promise (ISO 10002, annex F)."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from amends.framework import events
from amends.framework.models import AuthorityLimit, RemedyKind
from amends.framework.models.authority import DECIDING_ROLES
from amends.framework.permissions import May
from amends.framework.queries import the_organisation
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.kit.text import clean_line
from amends.people.models import Unit
from amends.permissions import engine
from amends.permissions.roles import Role

LARGEST = 10**15


@transaction.atomic
def set_authority(
    role: Role,
    *,
    most: int | None,
    reason: str,
    by: engine.Person,
    at: datetime,
    unit: Unit | None = None,
    kind: RemedyKind | None = None,
    course: str = "",
    replaces: AuthorityLimit | None = None,
) -> AuthorityLimit:
    """Let a role promise up to an amount from now on; None is without a ceiling. Replaces the one that held.

    `replaces` is the limit that was on the page; refuses with `stale` when another one holds meanwhile.
    """
    engine.require(by, May.CHANGE_AUTHORITIES)
    if role not in DECIDING_ROLES:
        raise Refusal("role_unfit", _("Only roles that decide on responses can have a limit."), field="role")
    if most is not None and not 0 <= most < LARGEST:
        raise Refusal("amount_unfit", _("Enter an amount of nothing or more."), field="most")
    said = _reason(reason)
    now = AuthorityLimit.objects.open().filter(role=role.value, unit=unit, kind=kind).first()
    if (now.pk if now else None) != (replaces.pk if replaces else None):
        raise _stale()
    course = clean_line(course)[:64]
    if now is not None and (now.most, now.course) == (most, course):
        raise Refusal("unchanged", _("Nothing has changed. Change something before you save."))
    if now is not None and not AuthorityLimit.objects.open().filter(pk=now.pk).update(ends_at=at):
        raise _stale()
    try:
        with transaction.atomic():
            limit = AuthorityLimit.objects.create(
                role=role.value,
                unit=unit,
                kind=kind,
                most=most,
                course=course,
                starts_at=at,
                reason=said,
                made_by_id=by.actor_key if by.actor_kind == "person" else None,
            )
    except IntegrityError as error:
        raise _stale() from error
    record(
        events.AuthoritySet(
            limit=limit.subject,
            role=role.value,
            unit=unit.subject if unit else None,
            kind=kind.code if kind else "",
            most=most,
            currency=the_organisation().currency,
            needs_training=bool(course),
        ),
        by=by,
        at=at,
        payload={"reason": said, "course": course},
    )
    return limit


@transaction.atomic
def end_authority(limit: AuthorityLimit, *, reason: str, by: engine.Person, at: datetime) -> None:
    """Let a limit hold no longer. Where it was the last one of a role, the role decides on remedies no more."""
    engine.require(by, May.CHANGE_AUTHORITIES)
    said = _reason(reason)
    if AuthorityLimit.objects.open().filter(pk=limit.pk).update(ends_at=at) != 1:
        raise _stale()
    limit.ends_at = at
    record(
        events.AuthorityEnded(
            limit=limit.subject,
            role=limit.role,
            unit=limit.unit.subject if limit.unit else None,
            kind=limit.kind.code if limit.kind else "",
        ),
        by=by,
        at=at,
        payload={"reason": said},
    )


def _reason(typed: str) -> str:
    said = clean_line(typed)[:500]
    if not said:
        raise Refusal("reason_needed", _("Say why, in a few words."), field="reason")
    return said


def _stale() -> Refusal:
    return Refusal("stale", _("Somebody else has changed this limit meanwhile. Look at it and save again."))
