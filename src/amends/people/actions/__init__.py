"""The verbs about people and units: one module each."""

from amends.people.actions.absence import cancel_absence, record_absence
from amends.people.actions.change_person import change_person, change_preferences
from amends.people.actions.delegate import delegate, end_delegation
from amends.people.actions.first_administrator import first_administrator
from amends.people.actions.grant_role import end_role, grant_role
from amends.people.actions.invite import accept_invitation, invitation_for, invite, invite_again
from amends.people.actions.leave import leave
from amends.people.actions.reset_second_factor import reset_second_factor
from amends.people.actions.units import add_unit, change_unit, close_unit

__all__ = [
    "accept_invitation",
    "add_unit",
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
    "reset_second_factor",
]
