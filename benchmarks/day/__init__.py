"""A working day of a ward, and the peak hour of a province, played against the shipped server as fast as it goes."""
