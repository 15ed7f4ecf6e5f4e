"""Pure rules of packages: files and values, faults, tests, differences."""
