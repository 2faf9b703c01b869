"""The ladder of reminders: who is told as a case comes nearer to its due date, and beyond."""
