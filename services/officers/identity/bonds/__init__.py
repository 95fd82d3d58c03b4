"""What binds people beside the grants of today: roles they held, their firms, and for whom they deputise."""
