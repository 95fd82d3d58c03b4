"""Revisions of the registry's tables. None may ever change or remove what is recorded."""
