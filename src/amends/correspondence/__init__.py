"""Messages in and out, and the mails that carry word of them (7.1, 7.8)."""
