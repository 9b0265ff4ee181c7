from django.core.mail.backends.filebased import EmailBackend as MailFiles

__all__ = ["MailFiles"]
