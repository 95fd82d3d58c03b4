"""Pure decision functions: values in, a verdict or a value out. No clock, no chance, no input or output."""
