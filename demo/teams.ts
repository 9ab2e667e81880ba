/** The teams that some pools are shared with. */
export const CARE_RECRUITING = 'Care recruiting';
export const EXECUTIVE_SEARCH = 'Executive search';
export const TEAMS = [CARE_RECRUITING, EXECUTIVE_SEARCH];
