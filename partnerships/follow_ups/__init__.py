"""Wiedervorlagen."""
