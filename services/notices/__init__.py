"""Letters, mail and inboxes: decided by a pure policy, sent once per key."""
