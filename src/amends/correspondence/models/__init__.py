from amends.correspondence.models.delivery import Delivery
from amends.correspondence.models.incoming import IncomingMail, SortedMail, SortedMailQuerySet
from amends.correspondence.models.message import Message, MessageFile, Thread

__all__ = ["Delivery", "IncomingMail", "Message", "MessageFile", "SortedMail", "SortedMailQuerySet", "Thread"]
