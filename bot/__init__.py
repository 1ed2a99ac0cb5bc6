"""The doors and the wiring: the only room that touches the outside world.

Slack, Teams, the local chat, letters, settings and the command line live here. Everything is built once in
`bot.app`; nothing is created at import time.
"""
