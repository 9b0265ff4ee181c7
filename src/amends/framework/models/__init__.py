from amends.framework.models.catalogue import Category, Cause, Product, RemedyKind
from amends.framework.models.organisation import Organisation
from amends.framework.models.rules import Activation, RulePackVersion

__all__ = ["Activation", "Category", "Cause", "Organisation", "Product", "RemedyKind", "RulePackVersion"]
