"""Revisions of the notices' tables."""
