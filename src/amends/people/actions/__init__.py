"""The verbs about people and units: one module each."""

from amends.people.actions.accept_invitation import accept_invitation
from amends.people.actions.add_unit import add_unit
from amends.people.actions.ask_new_password import ask_new_password
from amends.people.actions.cancel_absence import cancel_absence
from amends.people.actions.change_person import change_person
from amends.people.actions.change_preferences import change_preferences
from amends.people.actions.change_unit import change_unit
from amends.people.actions.close_unit import close_unit
from amends.people.actions.delegate import delegate
from amends.people.actions.end_delegation import end_delegation
from amends.people.actions.end_role import end_role
from amends.people.actions.first_administrator import first_administrator
from amends.people.actions.grant_role import grant_role
from amends.people.actions.invite import invite
from amends.people.actions.invite_again import invite_again
from amends.people.actions.leave import leave
from amends.people.actions.record_absence import record_absence
from amends.people.actions.record_training import record_training, record_trainings
from amends.people.actions.remind_of_end import remind_of_end
from amends.people.actions.reset_second_factor import reset_second_factor
from amends.people.invitations import invitation_for

__all__ = [
    "accept_invitation",
    "add_unit",
    "ask_new_password",
    "cancel_absence",
    "change_person",
    "change_preferences",
    "change_unit",
    "close_unit",
    "delegate",
    "end_delegation",
    "end_role",
    "first_administrator",
    "grant_role",
    "invitation_for",
    "invite",
    "invite_again",
    "leave",
    "record_absence",
    "record_training",
    "record_trainings",
    "remind_of_end",
    "reset_second_factor",
]
