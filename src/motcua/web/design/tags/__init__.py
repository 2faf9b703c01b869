"""The template tags of the design system, one module per family."""
