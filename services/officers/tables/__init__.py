"""The officers' tables: who people are, what was asked, and the read model."""
