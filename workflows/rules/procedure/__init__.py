"""The procedure, stage by stage: what follows when a task is completed or a deadline passes."""
