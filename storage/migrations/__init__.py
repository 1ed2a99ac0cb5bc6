"""Versions of the schema, run by `storage.migrate` at start-up."""
