"""Coding: patterns to hits, status, the rule coder, concordances."""
