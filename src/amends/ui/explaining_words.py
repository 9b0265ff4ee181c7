"""The words in which a deadline is explained: to staff, and in plain words to the complainant."""

from collections.abc import Mapping
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from amends.calendars.limits import Unit

Words = str | Promise


class Register(StrEnum):
    """Who reads it."""

    STAFF = "staff"
    PLAIN = "plain"


#: What starts a clock, as the name of its moment.
STARTS: Mapping[str, Mapping[Register, Words]] = {
    "received": {
        Register.STAFF: gettext_lazy("Complaint received"),
        Register.PLAIN: gettext_lazy("We received your complaint"),
    },
    "acknowledged": {
        Register.STAFF: gettext_lazy("Receipt confirmed"),
        Register.PLAIN: gettext_lazy("We confirmed that your complaint arrived"),
    },
    "communicated": {
        Register.STAFF: gettext_lazy("Decision communicated"),
        Register.PLAIN: gettext_lazy("We told you our decision"),
    },
    "rejected": {
        Register.STAFF: gettext_lazy("The complainant does not agree"),
        Register.PLAIN: gettext_lazy("You told us that you do not agree"),
    },
    "review_opened": {
        Register.STAFF: gettext_lazy("Internal review started"),
        Register.PLAIN: gettext_lazy("The review of our decision started"),
    },
    "review_acknowledged": {
        Register.STAFF: gettext_lazy("Start of the review confirmed"),
        Register.PLAIN: gettext_lazy("We confirmed that the review has started"),
    },
    "referred": {
        Register.STAFF: gettext_lazy("With an outside body"),
        Register.PLAIN: gettext_lazy("You turned to an outside body"),
    },
    "deemed": {
        Register.STAFF: gettext_lazy("The time for an answer was over"),
        Register.PLAIN: gettext_lazy("Our time for an answer was over"),
    },
    "closed": {
        Register.STAFF: gettext_lazy("Complaint closed"),
        Register.PLAIN: gettext_lazy("We closed your complaint"),
    },
    "reopened": {
        Register.STAFF: gettext_lazy("Complaint reopened"),
        Register.PLAIN: gettext_lazy("Your complaint was opened again"),
    },
    "taken_over": {
        Register.STAFF: gettext_lazy("Taken over from elsewhere"),
        Register.PLAIN: gettext_lazy("We took over your complaint"),
    },
    "message_sent": {
        Register.STAFF: gettext_lazy("Last message to the complainant"),
        Register.PLAIN: gettext_lazy("We wrote to you last"),
    },
}
STARTS_SOMEHOW = gettext_lazy("The clock starts")

#: Why a clock stood still, by the reasons of rule packs. Anything else was ordered by a regulator.
STOOD_STILL: Mapping[str, Mapping[Register, Words]] = {
    "waiting_for_complainant": {
        Register.STAFF: gettext_lazy("We waited for an answer of the complainant"),
        Register.PLAIN: gettext_lazy("We waited for your answer"),
    },
    "waiting_for_third_party": {
        Register.STAFF: gettext_lazy("We waited for somebody outside"),
        Register.PLAIN: gettext_lazy("We waited for somebody outside"),
    },
    "withdrawn": {
        Register.STAFF: gettext_lazy("The complaint was withdrawn; that was taken back"),
        Register.PLAIN: gettext_lazy("You had withdrawn your complaint"),
    },
    "court": {
        Register.STAFF: gettext_lazy("A court or authority dealt with it"),
        Register.PLAIN: gettext_lazy("A court or authority dealt with it"),
    },
    "other": {
        Register.STAFF: gettext_lazy("The clock stood still for another reason"),
        Register.PLAIN: gettext_lazy("The time stood still for another reason"),
    },
}
#: And why one stands still now.
STANDS_STILL: Mapping[str, Mapping[Register, Words]] = {
    "waiting_for_complainant": {
        Register.STAFF: gettext_lazy("We wait for an answer of the complainant"),
        Register.PLAIN: gettext_lazy("We wait for your answer"),
    },
    "waiting_for_third_party": dict.fromkeys(Register, gettext_lazy("We wait for somebody outside")),
    "court": dict.fromkeys(Register, gettext_lazy("A court or authority deals with it")),
    "other": dict.fromkeys(Register, gettext_lazy("Another reason")),
}
_BY_A_REGULATOR = gettext_lazy("The regulator stopped the time for all complaints of this kind")

#: How each unit is counted.
HOW: Mapping[Unit, Words] = {
    Unit.WORKING_DAYS: gettext_lazy(
        "Working days are counted, from the next day on. Weekends, public holidays and closures do not count."
    ),
    Unit.DAYS: gettext_lazy("Every day is counted, weekends and public holidays too, from the next day on."),
    Unit.WEEKS: gettext_lazy("Every day is counted, weekends and public holidays too, from the next day on."),
    Unit.MONTHS: gettext_lazy("The time ends on the day of the same number, so many months later."),
    Unit.YEARS: gettext_lazy("The time ends on the same day of the year, so many years later."),
    Unit.HOURS: gettext_lazy("Every hour is counted, day and night."),
    Unit.WORKING_HOURS: gettext_lazy("Only hours within working times are counted."),
}

#: What happened to the due moment itself.
MOVED: Mapping[str, Words] = {
    "gap": gettext_lazy(
        "Summer time skips the hour at which it would end, so it ends when the clock has gone forward."
    ),
    "next_working_day": gettext_lazy("The last day is a day off, so the next working day holds."),
    "previous_working_day": gettext_lazy("The last day is a day off, so the working day before it holds."),
}


def stood_still(why: str, register: Register, *, is_now: bool = False) -> Words:
    """Why a clock stood still, or stands still now."""
    known = (STANDS_STILL if is_now else STOOD_STILL).get(why)
    return known[register] if known else _BY_A_REGULATOR
