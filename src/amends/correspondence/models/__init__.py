from amends.correspondence.models.delivery import Delivery
from amends.correspondence.models.message import Message, MessageFile, Thread

__all__ = ["Delivery", "Message", "MessageFile", "Thread"]
