"""Who is who, and who may see what: areas, accounts, agencies, roles, grants, and the database's own refusal."""
