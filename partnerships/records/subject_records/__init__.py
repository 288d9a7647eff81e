"""Sachstände."""
