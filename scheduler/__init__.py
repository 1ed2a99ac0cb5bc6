"""Time: due work is rows in the database, and the clock only says when to look.

The sender delivers the outbox and the tick turns due reminders into outbox rows. Both are given their
platform and their clock by `bot.app`.
"""
