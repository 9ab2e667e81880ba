/** An event of the demo. `inDays`: counted from today, negative for one that was. */
export interface DemoEvent {
  name: string;
  type: string;
  description: string;
  inDays: number;
  /** In the event's own time zone. */
  time: string;
  hours: number;
  timezone: string;
  location?: Record<string, unknown>;
  locationType: 'physical' | 'virtual' | 'virtual_physical';
  locationUrl?: string;
  status?: 'draft';
  cancelled?: true;
  budget?: number;
  format?: string;
  /** One in so many of the people is invited. */
  invites: number;
}

const MUNICH = {
  name: 'Alte Kongresshalle',
  address: 'Am Bavariapark 14',
  postcode: '80339',
  city: 'Munich',
  country: 'Germany',
  geoPoint: { lat: 48.1334, lon: 11.5442 },
};
const PARIS = {
  name: 'Cité des sciences',
  postcode: '75019',
  city: 'Paris',
  country: 'France',
  geoPoint: { lat: 48.8957, lon: 2.3877 },
};
const LONDON = {
  name: 'Skills Matter Hall',
  postcode: 'EC2A 2BS',
  city: 'London',
  country: 'United Kingdom',
  geoPoint: { lat: 51.5215, lon: -0.0838 },
};

/** Two are over, one was cancelled, the others are still to come. */
export const EVENTS: readonly DemoEvent[] = [
  {
    name: 'Campus day Munich',
    type: 'campus',
    description: 'A day with the people you would work with: talks, a tour, and time for questions.',
    inDays: -64,
    time: '10:00',
    hours: 6,
    timezone: 'Europe/Berlin',
    location: MUNICH,
    locationType: 'physical',
    budget: 12_500,
    format: 'Full day',
    invites: 9,
  },
  {
    name: 'Engineering meetup: queues without tears',
    type: 'meetup',
    description: 'Three short talks about what happens between a commit and a mail.',
    inDays: -21,
    time: '18:30',
    hours: 3,
    timezone: 'Europe/London',
    location: LONDON,
    locationType: 'virtual_physical',
    locationUrl: 'https://meet.example/queues',
    budget: 1_800,
    format: 'Evening',
    invites: 14,
  },
  {
    name: 'Open day in the workshop',
    type: 'openDay',
    description: 'The doors are open from ten. Bring whom you like.',
    inDays: 12,
    time: '10:00',
    hours: 5,
    timezone: 'Europe/Berlin',
    location: MUNICH,
    locationType: 'physical',
    format: 'Full day',
    invites: 20,
  },
  {
    name: 'Career fair Paris',
    type: 'careerFair',
    description: 'We are at stand 41, with coffee.',
    inDays: 34,
    time: '09:00',
    hours: 9,
    timezone: 'Europe/Paris',
    location: PARIS,
    locationType: 'physical',
    budget: 21_000,
    format: 'Full day',
    invites: 16,
  },
  {
    name: 'Webinar: how we hire',
    type: 'webinar',
    description: 'What we look for, what we do not ask, and how long it takes.',
    inDays: 8,
    time: '17:00',
    hours: 1,
    timezone: 'America/New_York',
    locationType: 'virtual',
    locationUrl: 'https://meet.example/how-we-hire',
    format: 'Evening',
    invites: 11,
  },
  {
    name: 'Winter hackathon',
    type: 'hackathon',
    description: 'Two days, small teams, one prize for the best idea that did not work.',
    inDays: 60,
    time: '09:00',
    hours: 32,
    timezone: 'Europe/Berlin',
    location: MUNICH,
    locationType: 'physical',
    status: 'draft',
    budget: 9_000,
    format: 'Full day',
    invites: 0,
  },
  {
    name: 'Networking breakfast',
    type: 'networking',
    description: 'Croissants and people.',
    inDays: 5,
    time: '08:00',
    hours: 2,
    timezone: 'Europe/London',
    location: LONDON,
    locationType: 'physical',
    cancelled: true,
    format: 'Morning',
    invites: 25,
  },
];

/** What the company asks of its events, and of those who register for them. */
export const EVENT_FIELDS = [
  { name: 'Budget', type: 'number' },
  {
    name: 'Format',
    type: 'singleSelect',
    options: [{ label: 'Full day' }, { label: 'Morning' }, { label: 'Evening' }],
  },
  {
    name: 'Is there anything you do not eat?',
    type: 'multiSelect',
    options: [{ label: 'Meat' }, { label: 'Fish' }, { label: 'Milk' }, { label: 'Gluten' }],
    askedAtRegistration: true,
  },
] as const;
