"""How much mails to complainants say: the rule, how a mail looks under it, and how it was before."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.framework.actions.change_mails import change_mails
from amends.framework.mail_rules import Mails, mails_now, rule_of
from amends.framework.message_kinds import KINDS
from amends.framework.message_texts import filled, text_of
from amends.framework.models import MailRule
from amends.framework.permissions import May
from amends.framework.queries import the_organisation
from amends.kit.refusal import Refusal
from amends.permissions.engine import may
from amends.ui.access import StaffVisit, needs
from amends.ui.parts import StaleField
from amends.ui.widgets import RadioRows
from amends.workspace.answering import NOT_OFFERED, shown_in, status_of
from amends.workspace.settings.rules.crumbs import first_crumbs

PREVIOUS = 20
_SAMPLE = gettext_lazy("We agree with your complaint. We have read the meter again and pay back what was too much.")


@dataclass(frozen=True)
class Preview:
    """A decision mail under one of the answers. `paper`: the name of the PDF beside it."""

    title: str | Promise
    subject: str
    body: str
    paper: str


class MailRuleForm(forms.Form):
    """The rule. `seen` is the version on the screen."""

    use_required_attribute = False

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    by_mail = forms.ChoiceField(
        label=gettext_lazy("What does a mail say to somebody who complained by e-mail?"),
        help_text=gettext_lazy(
            "Never the text itself to anybody who is shielded or who named a safe way to be reached. Whoever used the "
            "form or was written down by you was promised that mails never say what it is about."
        ),
        choices=MailRule.Detail.choices,
        widget=RadioRows,
        error_messages=NOT_OFFERED,
    )
    attaches_decision = forms.BooleanField(
        label=gettext_lazy("Where the mail says the decision itself, send it as a PDF too"), required=False
    )

    def typed(self) -> Mails:
        """The rule that was typed, once the form is valid."""
        said = self.cleaned_data
        return Mails(said["seen"], said["by_mail"], said["attaches_decision"])


@needs(May.SEE_SETTINGS)
def mails(request: StaffVisit) -> HttpResponse:
    """Shown to those who may see settings, changed by those who may; `look` shows it and saves nothing."""
    now = mails_now()
    initial = {"seen": now.version, "by_mail": now.by_mail, "attaches_decision": now.attaches_decision}
    form = MailRuleForm(request.POST or None, initial=initial)
    if request.method != "POST" or not form.is_valid():
        return _page(request, form, now, status=status_of(form))
    typed = form.typed()
    if "look" in request.POST:
        return _page(request, form, typed, status=200)
    try:
        with shown_in(form):
            change_mails(typed, seen=form.cleaned_data["seen"], by=request.actor, at=request.now)
    except Refusal as refusal:
        if refusal.code != "stale":
            raise
        return _both(request, typed)
    if form.errors:
        return _page(request, form, typed, status=422)
    messages.success(request, _("Saved. It holds for complaints that come in from now on."))
    return redirect("workspace:mail_rule")


def in_words(mails: Mails) -> list[str]:
    """The rule, a line each."""
    detail = MailRule.Detail(mails.by_mail)
    lines = [_("To those who complained by e-mail: %(detail)s") % {"detail": detail.label}]
    if mails.attaches_decision:
        lines.append(_("The decision comes along as a PDF"))
    return lines


def _both(request: StaffVisit, typed: Mails) -> HttpResponse:
    """409: what somebody else saved meanwhile beside what was typed."""
    now = mails_now()
    data = request.POST.copy()
    data["seen"] = str(now.version)
    stale = [StaleField(_("Rule"), "\n".join(in_words(now)), "\n".join(in_words(typed)))]
    return _page(request, MailRuleForm(data), typed, status=409, stale=stale)


def _page(request: StaffVisit, form: MailRuleForm, mails: Mails, *, status: int, **more: Any) -> HttpResponse:
    rows = MailRule.objects.select_related("made_by").order_by("-version")[:PREVIOUS]
    context = {
        "crumbs": first_crumbs(request, _("Mails")),
        "form": form,
        "lines": in_words(mails_now()),
        "previews": _previews(mails, request),
        "versions": [(each, in_words(rule_of(each))) for each in rows],
        "may_change": may(request.actor, May.WORD_MESSAGES),
        **more,
    }
    return render(request, "workspace/settings/mails.html", context, status=status)


def _previews(mails: Mails, request: StaffVisit) -> list[Preview]:
    """The mail about a decision, to both kinds of people, in the language of the page."""
    organisation, language = the_organisation(), translation.get_language() or "en"
    kind = KINDS["decision_ready"]
    reference = f"{organisation.reference_prefix}-{request.now:%y}-XXXXXXXX"
    values = {
        "reference": reference,
        "organisation": organisation.name,
        "link": f"{settings.AMENDS_PUBLIC_URL}/{language}/track/",
    }
    subject, notice = filled(text_of(kind, language), kind, values)
    whole = mails.by_mail == MailRule.Detail.FULL
    paper = f"{reference}.pdf" if whole and mails.attaches_decision else ""
    said = f"{_SAMPLE}\n\n{notice}" if whole else notice
    return [
        Preview(_("To somebody who complained by e-mail"), subject, said, paper),
        Preview(_("To everybody else who wants e-mail"), subject, notice, ""),
    ]
