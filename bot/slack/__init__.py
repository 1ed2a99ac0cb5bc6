"""The Slack door: slack-bolt in front, Block Kit behind. It shows what the journeys answer and decides nothing."""
