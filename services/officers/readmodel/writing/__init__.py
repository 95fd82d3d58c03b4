"""The side that follows the record: events in order, what each changes, the rows brought up to date."""
