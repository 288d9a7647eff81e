"""Vermerke."""
