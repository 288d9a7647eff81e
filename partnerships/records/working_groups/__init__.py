"""Gemeinsame Arbeitsgruppen and their sessions."""
