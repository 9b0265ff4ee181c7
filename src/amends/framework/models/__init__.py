from amends.framework.models.catalogue import Category, Cause, Product, RemedyKind
from amends.framework.models.organisation import Organisation
from amends.framework.models.rules import Activation, CalendarUse, Ladder, RulePackVersion

__all__ = [
    "Activation",
    "CalendarUse",
    "Category",
    "Cause",
    "Ladder",
    "Organisation",
    "Product",
    "RemedyKind",
    "RulePackVersion",
]
