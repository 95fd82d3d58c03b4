"""A term election at its real size (domain SC-01): twelve districts, one spreadsheet, up to the inspection."""
