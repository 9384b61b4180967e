"""A city's files, whatever the format, as a stream of neutral records."""
