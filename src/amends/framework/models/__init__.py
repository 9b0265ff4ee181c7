from amends.framework.models.authority import AuthorityLimit, ExchangeRate, FourEyesRule
from amends.framework.models.capacity import Capacity
from amends.framework.models.catalogue import Category, Cause, Product, RemedyKind
from amends.framework.models.form import FormVersion
from amends.framework.models.logo import Logo
from amends.framework.models.mail_rule import MailRule
from amends.framework.models.matrix import Matrix
from amends.framework.models.message_template import MessageTemplate
from amends.framework.models.organisation import Organisation
from amends.framework.models.outside_body import OutsideBody, OutsideBodyVersion
from amends.framework.models.public_text import PublicText
from amends.framework.models.routing import RoutingRule
from amends.framework.models.rules import Activation, CalendarUse, Ladder, RulePackVersion
from amends.framework.models.significance import Significance

__all__ = [
    "Activation",
    "AuthorityLimit",
    "CalendarUse",
    "Capacity",
    "Category",
    "Cause",
    "ExchangeRate",
    "FormVersion",
    "FourEyesRule",
    "Ladder",
    "Logo",
    "MailRule",
    "Matrix",
    "MessageTemplate",
    "Organisation",
    "OutsideBody",
    "OutsideBodyVersion",
    "Product",
    "PublicText",
    "RemedyKind",
    "RoutingRule",
    "RulePackVersion",
    "Significance",
]
