"""Where things are: text or a pin to places, out of the city's own gazetteer first."""
