"""Changing who is asked how they found the handling (ISO 10002, 8.3)."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from amends.framework.models import Category
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.permissions import engine
from amends.surveys import events
from amends.surveys.models import SurveyRule
from amends.surveys.permissions import May
from amends.surveys.sampling import Rule, rule_now

MOST_WAIT, MOST_OPEN, MOST_APART = 90, 90, 3650


@transaction.atomic
def change_rule(rule: Rule, *, by: engine.Person, at: datetime, seen: int | None = None) -> SurveyRule:
    """Ask by this rule from now on. `seen` is the version that was changed. Refuses `stale` and `unchanged` too."""
    engine.require(by, May.CHANGE_RULE)
    _check(rule)
    newest = rule_now()
    if seen is not None and seen != newest.version:
        raise _stale()
    if rule.is_like(newest):
        raise Refusal("unchanged", _("Nothing has changed. Change something before you save."))
    try:
        with transaction.atomic():
            row = SurveyRule.objects.create(
                version=newest.version + 1,
                is_on=rule.is_on,
                moment=rule.moment,
                share=rule.share,
                never=sorted(set(rule.never)),
                wait_days=rule.wait_days,
                open_days=rule.open_days,
                apart_days=rule.apart_days,
                made_at=at,
                made_by_id=by.actor_key if by.actor_kind == "person" else None,
            )
    except IntegrityError as error:
        raise _stale() from error
    record(
        events.RuleChanged(
            rule=row.subject,
            version=row.version,
            is_on=row.is_on,
            moment=row.moment,
            share=row.share,
            never=tuple(row.never),
            wait_days=row.wait_days,
            open_days=row.open_days,
            apart_days=row.apart_days,
        ),
        by=by,
        at=at,
    )
    return row


def _check(rule: Rule) -> None:
    if rule.moment not in SurveyRule.Moment.values:
        raise Refusal("moment_unknown", _("Choose one of the answers shown"), field="moment")
    for field, value, least, most in (
        ("share", rule.share, 1, 100),
        ("wait_days", rule.wait_days, 0, MOST_WAIT),
        ("open_days", rule.open_days, 1, MOST_OPEN),
        ("apart_days", rule.apart_days, 0, MOST_APART),
    ):
        if not least <= value <= most:
            sentence = _("Enter a number from %(least)s to %(most)s.") % {"least": least, "most": most}
            raise Refusal("number_wrong", sentence, field=field)
    known = set(Category.objects.filter(code__in=rule.never).values_list("code", flat=True))
    if set(rule.never) - known:
        raise Refusal("category_unknown", _("Choose one of the answers shown"), field="never")


def _stale() -> Refusal:
    return Refusal("stale", _("Somebody else has changed the rule meanwhile. Compare both and save again."))
