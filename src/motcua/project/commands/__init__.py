"""The commands of the program `motcua`, one function each."""
