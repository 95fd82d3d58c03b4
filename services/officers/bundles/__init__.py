"""Many tasks answered at once: kept, sent one by one by the path of a single answer, each with its own result."""
