"""The roles of ISO 10002, clause 5.4, as codes."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Role(StrEnum):
    """What somebody is to the handling of complaints. Granted per unit, for the unit and everything below it."""

    TOP_MANAGEMENT = "top_management"
    MANAGEMENT_REPRESENTATIVE = "management_representative"
    UNIT_MANAGER = "unit_manager"
    FRONT_LINE = "front_line"
    HANDLER = "handler"
    DECISION_MAKER = "decision_maker"
    AUDITOR = "auditor"
    DATA_PROTECTION = "data_protection"
    ADMINISTRATOR = "administrator"

    @property
    def label(self) -> str | Promise:
        """The role as people call it."""
        return _LABELS[self]

    @property
    def duty(self) -> str | Promise:
        """What the role is there for, in one sentence."""
        return _DUTIES[self]


_LABELS: dict[Role, str | Promise] = {
    Role.TOP_MANAGEMENT: _("Top management"),
    Role.MANAGEMENT_REPRESENTATIVE: _("Management representative"),
    Role.UNIT_MANAGER: _("Unit manager"),
    Role.FRONT_LINE: _("Front-line staff"),
    Role.HANDLER: _("Handler"),
    Role.DECISION_MAKER: _("Decision maker"),
    Role.AUDITOR: _("Auditor"),
    Role.DATA_PROTECTION: _("Data protection officer"),
    Role.ADMINISTRATOR: _("Administrator"),
}

_DUTIES: dict[Role, str | Promise] = {
    Role.TOP_MANAGEMENT: _("Answers for the whole process and reads everything."),
    Role.MANAGEMENT_REPRESENTATIVE: _("Runs the process, assigns complaints and reports on it."),
    Role.UNIT_MANAGER: _("Sees that complaints of the unit are handled well and on time."),
    Role.FRONT_LINE: _("Receives complaints and records them at once."),
    Role.HANDLER: _("Assesses, investigates and answers complaints."),
    Role.DECISION_MAKER: _("Approves responses or sends them back."),
    Role.AUDITOR: _("Reads everything and changes nothing."),
    Role.DATA_PROTECTION: _("Watches over personal data and who looked at it."),
    Role.ADMINISTRATOR: _("Sets up people, units and settings, and sees no complaint."),
}
