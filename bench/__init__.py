"""Measures Civility on this machine: ratios against a baseline of the same run, never a timed test."""
