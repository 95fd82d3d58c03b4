"""Plumbing that at least three services share, and the only door to each driver."""
