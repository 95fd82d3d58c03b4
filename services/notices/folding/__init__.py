"""How events bring a case's file on: what every kind of case has, and what one kind alone has."""
