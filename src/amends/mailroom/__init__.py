"""Channels that bring in what people send: each in a folder of its own (ISO 10002, 7.2)."""
