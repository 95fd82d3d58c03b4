"""The integrity file (清廉档案) of a person or an enterprise: index readings, confirmed vetoes, what a person leads."""
