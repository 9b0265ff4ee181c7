"""The verbs about the framework: one module each."""

from amends.framework.actions.change_catalogue import add_item, change_item, change_lead_unit
from amends.framework.actions.change_organisation import change_organisation
from amends.framework.actions.prepare import prepare
from amends.framework.actions.set_up import set_up

__all__ = ["add_item", "change_item", "change_lead_unit", "change_organisation", "prepare", "set_up"]
