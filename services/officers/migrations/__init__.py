"""Revisions of the officers' tables."""
