"""One folder a kind of case: its state, its stages as tables, and the one value that names them all."""
