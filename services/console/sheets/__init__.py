"""Lists as workbooks: every cell a text, with a first sheet that says whose list it is. Nothing touches the disk."""
