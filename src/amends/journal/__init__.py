"""The journal: an append-only trail that is the timeline, the audit log and the outbox in one.

It knows neither people nor complaints: actors and subjects are random names, mapped in an erasable table.
"""
