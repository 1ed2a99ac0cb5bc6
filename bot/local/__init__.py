"""The local chat: Civility's embedded default, a chat in the browser that needs no account.

It has no log-in. It is for trying Civility on one computer, so it answers on the loopback address only,
unless whoever starts it says otherwise. It goes through the same journeys and outbox as Slack and Teams.
"""
