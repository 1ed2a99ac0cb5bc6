"""The records: tables, repositories, the unit of work, migrations, the log and the outbox.

Repositories return plain values, never live rows. Every query is scoped by council.
"""
