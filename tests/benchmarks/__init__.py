"""Measured speed: run by hand, no tests."""
