"""What the process stands on: the organisation, what people can complain about, remedies, rules (clauses 5 and 6)."""
