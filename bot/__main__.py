"""`python -m bot` is the console script `civility`."""

from bot.cli import main

main()
