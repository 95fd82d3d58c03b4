"""The policy as data: its model, its loader, and the released versions with their calendars."""
