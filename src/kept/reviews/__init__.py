"""Annual reviews of plans, from planning the year to the amended plan."""
