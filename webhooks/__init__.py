"""The city's doors: one module per provider, both directions, knowing neither the database nor one another."""
