"""The operator's command line: up, demo, verify, doctor."""
