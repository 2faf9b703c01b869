"""Pages of the hall for devices and for citizens."""
