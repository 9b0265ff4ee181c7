"""The demonstration organisation: Larkhaven Utilities with its staff and a history of complaints.

Everything in it is invented. It comes into being through the verbs, as if it had happened (`loading`).
"""
