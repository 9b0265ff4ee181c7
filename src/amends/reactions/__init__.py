"""What follows by itself. `table.py` says, on one page, which event brings what about."""
