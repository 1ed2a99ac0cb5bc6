"""Free words that would close a route nobody may close: public meetings first of all (R24, R25).

A net with a known mesh, not a lawyer: it reads one sentence at a time, looks for a closed route and for words
that bar, and lets assurances through ("this does not stop you coming to public meetings"). The two colleagues
who approve the text still read it.
"""

from __future__ import annotations

import re

from policy.answers import Problem

_MEETING = (
    r"(?:public|council|town|parish|committee|annual|f ?& ?gp|finance|planning|statutory)(?:'s)? meetings?"
    r"|meetings? of (?:the |a |any )?(?:full |town |parish )?(?:council|committee)|public gallery"
    r"|(?:attend|attending|come to|coming to) (?:any |all |our |future |its )*meetings?\b(?! with\b)"
)
_INFORMATION = (
    r"freedom[- ]of[- ]information|\bfois?\b|subject[- ]access|\bd?sars?\b|information requests?"
    r"|data[- ]protection|environmental information"
)
_ROUTES: tuple[tuple[str, str, str], ...] = (
    ("bars_public_meeting", _MEETING, "Nobody can be barred from public meetings."),
    ("bars_information_request", _INFORMATION, "Nobody can be barred from asking for information."),
    ("bars_appeal", r"\bappeal(?:s|ing)?\b", "Nobody can be barred from appealing."),
    ("bars_mp", r"\bmps?\b|members? of parliament", "Nobody can be barred from contacting their own MP."),
    ("bars_monitoring_officer", r"monitoring officer", "Nobody can be barred from the Monitoring Officer."),
    (
        "bars_emergency",
        r"\bemergenc(?:y|ies)\b|\b999\b|safeguarding",
        "Nobody can be barred from reporting an emergency or a safeguarding concern.",
    ),
)
_VERBS = (
    r"(?:attend|come|coming|go|enter|speak|take part|participate|join|sit|watch|appear|return|film|record"
    r"|make|send|submit|use|contact|write|call|approach|complain|appeal|ask|raise|report|lodge|bring"
    r"|consider|accept|answer|respond|reply|process|deal|acknowledge|hear)"
)
_BARS = re.compile(
    r"\b(?:barred|bar|bars|banned|bans?|exclud\w+|exclusion|prohibit\w*|forbid\w*|forbade|prevent\w*|ejected"
    r"|refus\w+|suspend\w*|removed|stay away|keep away|keep out|no right|no appeals?|no longer|blocked)\b"
    r"|(?:\bnot|n't|\bcannot|\bnever)\b"
    r"(?: (?:be|allowed|permitted|able|welcome|to|again|even|we|you|let|him|her|them)){0,4} "
    rf"{_VERBS}"
    r"|\bnot (?:be )?(?:allowed|permitted|welcome)\b"
)
_ASSURES = re.compile(
    r"(?:\bcannot|\bnot|n't|\bnothing (?:here|in this \w+|in it)|\bnone of this)(?: be| in any way| will)? "
    r"(?:stop|prevent|bar|ban|exclud|affect|limit|restrict|block|apply|close|includ|cover|change|refuse)\w*"
    r"|\b(?:can|may) (?:still|always|continue)\b|\bfree to\b|\b(?:stays?|remains?) open\b"
)
# A new clause may take back what the one before it said, so each is read by itself. What follows "except"
# is not barred but kept.
_CLAUSES = re.compile(r"[.;!?]|,? \b(?:but|although|though|however|while|whereas)\b")
_KEPT = re.compile(r"\b(?:except|other than|apart from)\b.*")


def bars_protected_route(text: str, field: str) -> tuple[Problem, ...]:
    """A problem for each protected route that the text of one field would close (R24, R25)."""
    plain = re.sub(r"\s+", " ", text.casefold().replace("’", "'"))
    clauses = [_KEPT.sub("", clause) for clause in _CLAUSES.split(plain)]
    barring = [clause for clause in clauses if _BARS.search(clause) and not _ASSURES.search(clause)]
    return tuple(
        Problem(field, code, f"{sentence} Take this out, or say that it stays open.")
        for code, route, sentence in _ROUTES
        if any(re.search(route, clause) for clause in barring)
    )
