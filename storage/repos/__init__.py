"""One small class a table or two; each takes and returns plain values and is scoped by its unit's council."""
