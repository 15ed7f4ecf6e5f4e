"""Bringing in what others wrote down: national procedure records today, read with care and kept word for word."""
