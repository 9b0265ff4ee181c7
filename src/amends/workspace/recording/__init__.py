"""Recording a complaint that came by telephone, by post, in person, by e-mail or on social media (ISO 10002, 7.2)."""
