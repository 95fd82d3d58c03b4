"""The record: append-only, chained and checkable."""
