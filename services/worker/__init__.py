"""The Temporal worker: two lists and the adapters behind the ports."""
