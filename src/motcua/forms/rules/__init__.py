"""Pure rules on forms and what is typed into them."""
