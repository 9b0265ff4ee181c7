from amends.people.models.absence import Absence, Delegation
from amends.people.models.grant import RoleGrant
from amends.people.models.invitation import Invitation
from amends.people.models.person import Person
from amends.people.models.training import Training
from amends.people.models.unit import Unit

__all__ = ["Absence", "Delegation", "Invitation", "Person", "RoleGrant", "Training", "Unit"]
