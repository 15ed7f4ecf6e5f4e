"""Pure rules of the room: from what was typed to values and problems; schema, prefilling, checking, lines of papers."""
