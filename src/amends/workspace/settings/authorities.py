"""How much each role may promise, when two people decide, and how that was before (annex F)."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from amends.complaints.models import Decision
from amends.complaints.models.complaint import Severity
from amends.framework.actions.change_four_eyes import change_four_eyes
from amends.framework.actions.set_authority import end_authority, set_authority
from amends.framework.authorities import four_eyes_now
from amends.framework.models import AuthorityLimit, FourEyesRule, Organisation
from amends.framework.permissions import May
from amends.framework.queries import the_organisation
from amends.kit.money import Money
from amends.kit.refusal import Refusal
from amends.people.models import RoleGrant
from amends.permissions.engine import may
from amends.ui import formatting
from amends.ui.access import StaffVisit, needs
from amends.ui.parts import Crumb
from amends.workspace.answering import shown_in, status_of
from amends.workspace.settings.authority_form import EndingForm, FourEyesForm, LimitForm, initial_of
from amends.workspace.settings.rules.crumbs import first_crumbs

Words = str | Promise

PAGE_SIZE = 20
#: How many decisions a preview looks back at, and the number below which it says no number.
LOOKED_BACK, SMALLEST = 200, 5
TITLE = gettext_lazy("Authorities")


@dataclass(frozen=True)
class LimitShown:
    """A limit in words."""

    limit: AuthorityLimit
    unit: Words
    kind: Words
    most: Words


def limit_shown(limit: AuthorityLimit, currency: str) -> LimitShown:
    """One limit as tables show it."""
    return LimitShown(
        limit,
        limit.unit.name if limit.unit else gettext_lazy("All units"),
        str(limit.kind) if limit.kind else gettext_lazy("All kinds together"),
        most_in_words(limit.most, currency),
    )


def most_in_words(most: int | None, currency: str) -> Words:
    """£500, or that there is no ceiling."""
    return gettext_lazy("Without a ceiling") if most is None else formatting.money(Money(most, currency))


@needs(May.SEE_AUTHORITIES)
def authorities(request: StaffVisit) -> HttpResponse:
    """Every limit that holds, the rule of four eyes, and what held before; `?before=` goes further back."""
    organisation = the_organisation()
    rows = AuthorityLimit.objects.select_related("unit", "kind", "made_by").order_by(
        "role", "unit__path", "kind__position", "pk"
    )
    ended = (
        AuthorityLimit.objects.filter(ends_at__isnull=False).select_related("unit", "kind", "made_by").order_by("-pk")
    )
    before = request.GET.get("before", "")
    if before.isascii() and before.isdigit() and len(before) < 10:
        ended = ended.filter(pk__lt=int(before))
    past = list(ended[: PAGE_SIZE + 1])
    more, past = len(past) > PAGE_SIZE, past[:PAGE_SIZE]
    context = {
        "crumbs": first_crumbs(request, str(TITLE)),
        "limits": [limit_shown(row, organisation.currency) for row in rows.filter(ends_at__isnull=True)],
        "past": [limit_shown(row, organisation.currency) for row in past],
        "next": f"?before={past[-1].pk}" if more else "",
        "rule": four_eyes_now(),
        "rule_lines": rule_in_words(four_eyes_now(), organisation),
        "rules": [
            (rule, rule_in_words(rule, organisation))
            for rule in FourEyesRule.objects.select_related("made_by").order_by("-version")[:PAGE_SIZE]
        ],
        "is_small": organisation.is_small,
        "may_change": may(request.actor, May.CHANGE_AUTHORITIES),
    }
    return render(request, "workspace/settings/authorities.html", context)


def rule_in_words(rule: FourEyesRule, organisation: Organisation) -> list[Words]:
    """The rule as sentences."""
    apart = [_("Whoever recorded a finding does not decide.")] if rule.investigator_apart else []
    if rule.mode == FourEyesRule.Mode.ALWAYS:
        return [_("Two people decide on every response."), *apart]
    lines: list[Words] = [
        _("Two people decide on a review, after reopening, and where the handling itself is at issue.")
    ]
    if rule.above is not None:
        amount = formatting.money(Money(rule.above, organisation.currency))
        lines.append(_("Two people decide above %(amount)s.") % {"amount": amount})
    if rule.severity_from is not None:
        severity = Severity(rule.severity_from).label
        lines.append(_("Two people decide from severity “%(severity)s” on.") % {"severity": severity})
    if rule.with_safety:
        lines.append(_("Two people decide where a person may be in danger."))
    if rule.with_subject:
        lines.append(_("Two people decide where a member of staff is complained about."))
    return [*lines, _("Elsewhere one person may propose and decide, and it is recorded as such."), *apart]


@needs(May.CHANGE_AUTHORITIES)
def new_limit(request: StaffVisit) -> HttpResponse:
    """A limit, with what it would change before it is saved."""
    organisation = the_organisation()
    form = LimitForm(request.POST or None, initial=_asked_for(request), organisation=organisation)
    effect: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        effect = _effect(request, form, organisation)
        if "save" in request.POST:
            with shown_in(form):
                seen = form.cleaned_data["replaces"]
                replaces = AuthorityLimit.objects.filter(pk=seen).first() if seen else None
                try:
                    set_authority(**form.chosen, replaces=replaces, by=request.actor, at=request.now)
                except Refusal as refusal:
                    if refusal.code != "stale":
                        raise
                    form.add_error(None, str(refusal.sentence))
                    return _limit_page(request, form, effect, status=409)
                messages.success(request, _("The limit holds for every decision from now on."))
                return redirect("workspace:authorities")
    return _limit_page(request, form, effect, status=status_of(form))


def _asked_for(request: StaffVisit) -> dict[str, str]:
    return {name: request.GET[name] for name in ("role", "unit", "kind") if name in request.GET}


def _limit_page(request: StaffVisit, form: LimitForm, effect: dict[str, Any], *, status: int) -> HttpResponse:
    here = _("Set a limit")
    crumbs = first_crumbs(request, here)
    crumbs.insert(-1, Crumb(str(TITLE), reverse("workspace:authorities")))
    context = {"crumbs": crumbs, "form": form, "title": here, **effect}
    return render(request, "workspace/settings/authority_limit.html", context, status=status)


def _effect(request: StaffVisit, form: LimitForm, organisation: Organisation) -> dict[str, Any]:
    """What held before, whom it concerns, and how many of the last decisions would have been over it."""
    chosen = form.chosen
    now = (
        AuthorityLimit.objects.open()
        .filter(role=chosen["role"].value, unit=chosen["unit"], kind=chosen["kind"])
        .first()
    )
    holders = RoleGrant.objects.in_force(request.now).filter(role=chosen["role"].value, person__is_active=True)
    if chosen["unit"] is not None:
        path = chosen["unit"].path
        above = [path[: place + 1] for place, sign in enumerate(path) if sign == "/" and place]
        holders = holders.filter(Q(unit__path__startswith=path) | Q(unit__path__in=above))
    names = list(holders.order_by("person__name").values_list("person__name", flat=True).distinct()[:20])
    amounts = list(Decision.objects.standing().order_by("-at", "-pk").values_list("amount", flat=True)[:LOOKED_BACK])
    over = sum(1 for amount in amounts if chosen["most"] is not None and (amount is None or amount > chosen["most"]))
    return {
        "has_effect": True,
        "now": limit_shown(now, organisation.currency) if now else None,
        "seen": now.pk if now else "",
        "then": most_in_words(chosen["most"], organisation.currency),
        "course": chosen["course"],
        "names": names,
        "over": _over(over, len(amounts)),
        "is_first": not AuthorityLimit.objects.open().exists(),
    }


def _over(over: int, looked_at: int) -> str:
    if looked_at < SMALLEST:
        return _("There are too few decisions to compare it with.")
    if over == 0:
        return _("None of the last decisions promised more than that.")
    if over < SMALLEST:
        return _("Fewer than five of the last decisions promised more than that.")
    words = ngettext(
        "%(count)s of the last %(all)s decisions promised more than that.",
        "%(count)s of the last %(all)s decisions promised more than that.",
        over,
    )
    return words % {"count": formatting.number(over), "all": formatting.number(looked_at)}


@needs(May.CHANGE_AUTHORITIES)
def ended_limit(request: StaffVisit) -> HttpResponse:
    """Asking why a limit shall hold no longer, and ending it."""
    organisation = the_organisation()
    data = request.POST if request.method == "POST" else None
    form = EndingForm(data, initial={"limit": request.GET.get("limit", "")})
    key = (data or request.GET).get("limit", "")
    found = AuthorityLimit.objects.open().select_related("unit", "kind")
    limit = found.filter(pk=int(key)).first() if key.isascii() and key.isdigit() and len(key) < 10 else None
    if limit is None:
        sentence = _("This limit does not hold any more.")
        if data is not None:
            raise Refusal("stale", sentence)  # with what was typed, so that it can be taken along
        messages.error(request, sentence)
        return redirect("workspace:authorities")
    if data is not None and form.is_valid():
        with shown_in(form):
            end_authority(limit, reason=form.cleaned_data["reason"], by=request.actor, at=request.now)
            messages.success(request, _("The limit holds no longer."))
            return redirect("workspace:authorities")
    here = _("End a limit")
    crumbs = first_crumbs(request, here)
    crumbs.insert(-1, Crumb(str(TITLE), reverse("workspace:authorities")))
    context = {"crumbs": crumbs, "form": form, "title": here, "shown": limit_shown(limit, organisation.currency)}
    return render(request, "workspace/settings/authority_end.html", context, status=status_of(form))


@needs(May.CHANGE_AUTHORITIES)
def four_eyes(request: StaffVisit) -> HttpResponse:
    """When two people decide, with the rule in words before it is saved."""
    organisation = the_organisation()
    form = FourEyesForm(
        request.POST or None, initial=initial_of(four_eyes_now(), organisation), organisation=organisation
    )
    lines: list[Words] = []
    status = 200
    if request.method == "POST" and form.is_valid():
        planned = FourEyesRule(**vars(form.chosen))
        lines = rule_in_words(planned, organisation)
        if "save" in request.POST:
            with shown_in(form):
                try:
                    change_four_eyes(form.chosen, seen=form.cleaned_data["seen"], by=request.actor, at=request.now)
                except Refusal as refusal:
                    if refusal.code != "stale":
                        raise
                    form.data = {**request.POST.dict(), "seen": str(four_eyes_now().version)}
                    form.add_error(None, str(refusal.sentence))
                    status = 409
                else:
                    messages.success(request, _("The rule holds for every decision from now on."))
                    return redirect("workspace:authorities")
    here = _("When two people decide")
    crumbs = first_crumbs(request, here)
    crumbs.insert(-1, Crumb(str(TITLE), reverse("workspace:authorities")))
    context = {"crumbs": crumbs, "form": form, "title": here, "lines": lines, "is_small": organisation.is_small}
    return render(
        request, "workspace/settings/four_eyes.html", context, status=status if status == 409 else status_of(form)
    )
