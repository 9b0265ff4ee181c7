"""Mails that say that there is something to read or to do. They never say what a complaint is about."""

from amends.reactions.notices.acknowledgement import acknowledgement
from amends.reactions.notices.alerts import alert
from amends.reactions.notices.delay import delay
from amends.reactions.notices.incoming import (
    answered_from_elsewhere,
    confirmation_held_back,
    letter_held_back,
    mail_came_back,
    mail_waits,
)
from amends.reactions.notices.invitation import invitation, new_password, password_changed, second_factor_removed
from amends.reactions.notices.reminders import something_ends, something_waits
from amends.reactions.notices.shielding import consent_withdrawn, detriment
from amends.reactions.notices.tasks import task_answered, task_cancelled, task_given
from amends.reactions.notices.to_complainants import decision_ready, deemed, message_waiting, progress
from amends.reactions.notices.to_staff import (
    approval_wanted,
    assigned,
    complainant_changed,
    danger,
    decision_answered,
    decision_inside,
    hand_over_declined,
    handed_over,
    remedy_ordered,
    reply_arrived,
    reported_inside,
    response_sent_back,
    significant,
    summary_answered,
    void_wanted,
)
from amends.reactions.notices.to_subjects import about_you
from amends.reactions.notices.walled import wall_raised
from amends.reactions.notices.ways_in import contact_changed, one_time_code

__all__ = [
    "about_you",
    "acknowledgement",
    "alert",
    "answered_from_elsewhere",
    "approval_wanted",
    "assigned",
    "complainant_changed",
    "confirmation_held_back",
    "consent_withdrawn",
    "contact_changed",
    "danger",
    "decision_answered",
    "decision_inside",
    "decision_ready",
    "deemed",
    "delay",
    "detriment",
    "hand_over_declined",
    "handed_over",
    "invitation",
    "letter_held_back",
    "mail_came_back",
    "mail_waits",
    "message_waiting",
    "new_password",
    "one_time_code",
    "password_changed",
    "progress",
    "remedy_ordered",
    "reply_arrived",
    "reported_inside",
    "response_sent_back",
    "second_factor_removed",
    "significant",
    "something_ends",
    "something_waits",
    "summary_answered",
    "task_answered",
    "task_cancelled",
    "task_given",
    "void_wanted",
    "wall_raised",
]
