"""The ports through which a workflow touches the world, as activities over protocols."""
