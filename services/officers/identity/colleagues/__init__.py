"""Officers by name: who may know of whom, and whom one may give a task to."""
