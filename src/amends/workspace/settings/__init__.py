"""Administration: the organisation, its people and units, its lists, and how the system is."""
