"""The journeys: what a colleague can do, one module a journey, the same for every door.

A handler does five things and nothing else: it reads, asks the policy, writes, queues what others must see,
and answers.
"""
