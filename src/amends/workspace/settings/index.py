"""Administration, as far as a role may see it."""

from dataclasses import dataclass
from enum import StrEnum

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amends.calendars.permissions import May as MayCalendars
from amends.framework.permissions import May
from amends.people.permissions import May as MayPeople
from amends.permissions.engine import may
from amends.reactions.permissions import May as MayReactions
from amends.ui.access import StaffVisit, needs

Words = str | Promise


@dataclass(frozen=True)
class Part:
    """One page of the administration."""

    title: Words
    text: Words
    icon: str
    address: tuple[str, ...]
    act: StrEnum

    @property
    def href(self) -> str:
        """Where it is."""
        return reverse(self.address[0], args=self.address[1:])


PARTS = (
    Part(
        _("Organisation"),
        _("Name, how people reach you, the languages you offer, and whether the public page is open."),
        "globe",
        ("workspace:organisation",),
        May.SEE_SETTINGS,
    ),
    Part(
        _("Public information"),
        _("Policy, privacy and accessibility in your own words, leaflet and poster, and a link for your own site."),
        "book",
        ("workspace:public_texts",),
        May.SEE_SETTINGS,
    ),
    Part(
        _("People and roles"),
        _("Who works here, what they may do, who is away and who stands in."),
        "people",
        ("workspace:people",),
        MayPeople.SEE_PEOPLE,
    ),
    Part(
        _("Training"),
        _("Who completed which course, until when it counts, and what deciding asks for."),
        "book",
        ("workspace:training",),
        MayPeople.SEE_PEOPLE,
    ),
    Part(
        _("Units"), _("The parts of the organisation that handle complaints."), "list", ("workspace:units",),
        May.SEE_SETTINGS,
    ),
    Part(
        _("Working calendars"),
        _("When people work, public holidays and days of your own, and which calendar holds where."),
        "calendar",
        ("workspace:calendars",),
        MayCalendars.SEE,
    ),
    Part(
        _("Rule packs"),
        _("Which clocks run, for how long, where each figure stands, and which rules apply to what."),
        "book",
        ("workspace:rules",),
        May.SEE_RULES,
    ),
    Part(
        _("Escalation"),
        _("Who is told when a deadline has passed, and when nobody is disturbed."),
        "trend",
        ("workspace:escalation",),
        May.SEE_RULES,
    ),
    Part(
        _("Authorities"),
        _("How much each role may promise, and when two people have to decide."),
        "approve",
        ("workspace:authorities",),
        May.SEE_AUTHORITIES,
    ),
    Part(
        _("Exchange rates"),
        _("What other currencies are worth, for limits and sums."),
        "scales",
        ("workspace:rates",),
        May.SEE_AUTHORITIES,
    ),
    Part(
        _("Outside bodies"),
        _("Where a complaint can be taken when people do not agree with you."),
        "leave",
        ("workspace:outside_bodies",),
        May.SEE_RULES,
    ),
    Part(
        _("Routing"),
        _("Which unit gets which complaints, and who there is suggested first."),
        "next",
        ("workspace:routing",),
        May.SEE_RULES,
    ),
    Part(
        _("Assessment"),
        _("Which priority follows from severity and impact, and what top management hears of at once."),
        "scales",
        ("workspace:assessment_settings",),
        May.SEE_RULES,
    ),
    Part(
        _("Words for messages"),
        _("What mails and letters to complainants say, in your own words and in each language."),
        "mail",
        ("workspace:message_texts",),
        May.SEE_SETTINGS,
    ),
    Part(
        _("Logo"), _("The picture at the head of the public pages and of letters."), "eye", ("workspace:logo",),
        May.SEE_SETTINGS,
    ),
    Part(
        _("Mails"),
        _("How much mails to complainants say, and whether the decision comes along as a PDF."),
        "mail",
        ("workspace:mail_rule",),
        May.SEE_SETTINGS,
    ),
    Part(
        _("Form"),
        _("Your own questions to people who complain, in each step and language."),
        "list",
        ("workspace:form",),
        May.SEE_RULES,
    ),
    Part(
        _("Survey"),
        _("Who is asked how they found the handling, when and how often."),
        "message",
        ("workspace:survey_settings",),
        May.SEE_RULES,
    ),
    Part(
        _("Products and services"),
        _("What can be complained about, and which unit leads."),
        "target",
        ("workspace:list", "products"),
        May.SEE_SETTINGS,
    ),
    Part(
        _("Kinds of problem"), _("What can go wrong."), "flag", ("workspace:list", "categories"), May.SEE_SETTINGS,
    ),
    Part(
        _("Remedies"), _("How something can be put right."), "scales", ("workspace:list", "remedies"),
        May.SEE_SETTINGS,
    ),
    Part(_("Causes"), _("Why it went wrong."), "search", ("workspace:list", "causes"), May.SEE_SETTINGS),
    Part(
        _("System"),
        _("What happens by itself, and whether the trail is sealed and kept outside."),
        "refresh",
        ("workspace:system",),
        MayReactions.SEE_SYSTEM,
    ),
)  # fmt: skip


@needs(May.SEE_SETTINGS)
def index(request: StaffVisit) -> HttpResponse:
    """All parts this role may see."""
    return render(request, "workspace/settings/index.html", {"parts": [p for p in PARTS if may(request.actor, p.act)]})
