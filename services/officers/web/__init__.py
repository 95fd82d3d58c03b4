"""What an HTTP service in two languages needs: strict bodies, pages, tags, problems, neighbours. It knows no case."""
