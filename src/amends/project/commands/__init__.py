"""The commands, a module each: `run(arguments)` does it and gives the exit status."""
