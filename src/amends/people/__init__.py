"""Staff, units, roles, absence and delegation, and signing in."""
