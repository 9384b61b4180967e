"""`townline bench`: a deployment under load, and what it is measured beside."""
