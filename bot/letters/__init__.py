"""Letters on paper: one structured letter made into a tagged PDF, a Word file, an e-mail; and GOV.UK Notify."""
