"""The acts of the room, one file each; nothing else writes."""
