"""The one expression language (CEL) for visibility, validation, fees, routing and text."""
