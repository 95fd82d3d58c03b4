"""The officers' console: pages over the API for whoever works with a browser. It decides nothing and keeps nothing."""
