"""The officers' API: identity, tasks, cases, and a read model of its own."""
