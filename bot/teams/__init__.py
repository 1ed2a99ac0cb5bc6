"""The Teams door: dialogs and Adaptive Cards. It shows what the journeys answer and decides nothing."""
