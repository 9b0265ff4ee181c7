"""Complaints from other systems: a mapping says which column means what, the verb `record_history` writes them."""
