/** What an event can be, as clients name it, with what people call it. */
export const EVENT_TYPES = {
  campus: 'Campus',
  careerFair: 'Career fair',
  conference: 'Conference',
  hackathon: 'Hackathon',
  meetup: 'Meetup',
  networking: 'Networking',
  openDay: 'Open day',
  webinar: 'Webinar',
  other: 'Other',
} as const;

/** Where it is held. */
export const LOCATION_TYPES = {
  physical: 'Physical',
  virtual: 'Virtual',
  virtual_physical: 'Virtual and physical',
} as const;

export type EventType = keyof typeof EVENT_TYPES;
export type LocationType = keyof typeof LOCATION_TYPES;

/** Without `cancelled`, which an event becomes by being cancelled. */
export const WRITTEN_STATUSES = ['draft', 'published'] as const;
export const EVENT_STATUSES = [...WRITTEN_STATUSES, 'cancelled'] as const;
export type EventStatus = (typeof EVENT_STATUSES)[number];
