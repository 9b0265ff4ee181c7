"""Working time: pure functions of a calendar and a moment. No models, no clock."""
