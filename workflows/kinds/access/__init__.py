"""What is asked for accounts, and the second person who decides on it (architecture D9)."""
