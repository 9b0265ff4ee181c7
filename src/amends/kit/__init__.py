"""Small tools that know nothing of complaints and hold no models."""
