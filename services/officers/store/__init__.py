"""The officers' SQL: every statement stands here, and knows nothing of HTTP."""
