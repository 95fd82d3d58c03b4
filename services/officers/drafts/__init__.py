"""What somebody has begun to write in a task: kept for that account alone, and not for long."""
