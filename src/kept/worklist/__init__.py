"""The desks: what a person and a team owe today, the calendar, and the law behind each date."""
