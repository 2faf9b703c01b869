"""Reception: the hall of a service centre — queue, counters, appointments, the tablet."""
