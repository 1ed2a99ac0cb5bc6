"""Pages for people outside the case, as Word, tagged PDF and spreadsheet: the committee's report, decision records."""
