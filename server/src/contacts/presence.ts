/** A `contact c` that is there to be read by its id, in SQL: neither deleted nor anonymised. */
export const PRESENT = 'c.deleted_at is null and c.anonymised_at is null';

/** One that is in lists and counts: not archived either. The index contact_listed is for these. */
export const LISTED = `${PRESENT} and c.archived_at is null`;
