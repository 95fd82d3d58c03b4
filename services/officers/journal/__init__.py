"""Who read what, and who came in: kept before anything is answered, chained, and vouched for on the record."""
