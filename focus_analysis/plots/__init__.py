"""Figures: a table in, matplotlib Axes out; nothing is computed here."""
