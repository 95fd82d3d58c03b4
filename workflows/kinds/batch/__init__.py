"""A batch: its nomination window, its rosters, its election (ST00, ST01). A case without tasks."""
