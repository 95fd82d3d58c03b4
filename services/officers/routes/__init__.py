"""One file per resource: parse, ask one thing, shape the reply."""
