"""A book of screening: lists of authorities, and everybody who is held against them, run after run."""
