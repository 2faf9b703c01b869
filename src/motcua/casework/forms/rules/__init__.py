"""Pure decisions about forms: no database, no clock, no request."""
