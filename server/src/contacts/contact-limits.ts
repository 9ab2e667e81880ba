/** How many entries a contact may have of each kind, however many requests they came by. */
export const MOST = {
  middleNames: 20,
  emails: 100,
  phoneNumbers: 100,
  links: 100,
  experience: 200,
  education: 200,
  skills: 1000,
  languages: 100,
  customFields: 500,
  globalTags: 500,
  lists: 500,
  vacancies: 500,
} as const;

/** Bytes of a contact's text. A page of 200 has to fit into memory several times over. */
export const LARGEST_CONTACT = 256 * 1024;
