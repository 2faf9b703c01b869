"""JSON Schema e-forms: rendered, validated, drafted, prefilled, versioned."""
