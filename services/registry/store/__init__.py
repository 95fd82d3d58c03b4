"""The way to the registry's tables: add to the record, read it, keep what was refused. Nothing changes or goes."""
