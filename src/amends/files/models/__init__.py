"""Attachments as the database knows them."""

from amends.files.models.stored_file import Reason, State, StoredFile, StoredFileQuerySet

__all__ = ["Reason", "State", "StoredFile", "StoredFileQuerySet"]
