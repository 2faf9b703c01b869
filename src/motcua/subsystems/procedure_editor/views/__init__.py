"""Pages of the editor, by what one does on them."""
