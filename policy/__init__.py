"""The council's policy as pure code: no I/O, no clock of its own, no SDK, no ORM.

Every rule of the policy is written here once. Journeys, cards and letters ask these functions.
"""
