"""What the record's events tell, as tables: one side keeps them in step, the other shows a caller their part."""
