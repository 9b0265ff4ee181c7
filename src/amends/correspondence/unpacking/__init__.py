"""Opening mails that came in: hostile until shown otherwise, so a limited process of its own does it."""
