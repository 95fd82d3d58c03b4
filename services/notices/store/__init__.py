"""The way to the notices' tables, one module per subject."""
