"""EHC plans as data: sections, entries with lineage, the golden thread, versions, and the writer's desk."""
