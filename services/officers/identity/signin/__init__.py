"""Signing in: what is asked of whoever does, how they are slowed down, and the sessions that come of it."""
