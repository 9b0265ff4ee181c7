"""Who may do what: one engine, deny by default. The rules themselves stand in each package's `permissions.py`."""
