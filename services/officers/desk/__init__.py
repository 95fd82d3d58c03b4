"""Where every write passes: remembered under its key, sent to its workflow, answered when the read model has it."""
