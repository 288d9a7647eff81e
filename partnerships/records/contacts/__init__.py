"""Whom one talks to."""
