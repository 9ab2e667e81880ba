import { base, de, en, en_AU, en_GB, en_IE, en_US, Faker, fr, sv } from '@faker-js/faker';

/** Where people of the demo live. `phone` makes numbers that their country keeps free for fiction. */
export interface City {
  name: string;
  county?: string;
  country: string;
  lat: number;
  lon: number;
  language: string;
  currency: string;
  names: Faker;
  phone: (digits: (count: number) => string) => string;
}

const germany = {
  country: 'Germany',
  language: 'de',
  currency: 'EUR',
  names: new Faker({ locale: [de, en, base] }),
  phone: (digits: (count: number) => string) => `+49 30 23125 ${digits(3)}`,
};
const france = {
  country: 'France',
  language: 'fr',
  currency: 'EUR',
  names: new Faker({ locale: [fr, en, base] }),
  phone: (digits: (count: number) => string) => `+33 1 99 00 ${digits(2)} ${digits(2)}`,
};
const britain = {
  country: 'United Kingdom',
  language: 'en',
  currency: 'GBP',
  names: new Faker({ locale: [en_GB, en, base] }),
  phone: (digits: (count: number) => string) => `+44 7700 900${digits(3)}`,
};
const ireland = {
  country: 'Ireland',
  language: 'en',
  currency: 'EUR',
  names: new Faker({ locale: [en_IE, en, base] }),
  phone: (digits: (count: number) => string) => `+353 20 91${digits(1)} ${digits(4)}`,
};
const states = {
  country: 'United States',
  language: 'en',
  currency: 'USD',
  names: new Faker({ locale: [en_US, en, base] }),
  phone: (digits: (count: number) => string) => `+1 212 555 01${digits(2)}`,
};
const sweden = {
  country: 'Sweden',
  language: 'sv',
  currency: 'SEK',
  names: new Faker({ locale: [sv, en, base] }),
  phone: (digits: (count: number) => string) => `+46 8 465 004 ${digits(2)}`,
};
const australia = {
  country: 'Australia',
  language: 'en',
  currency: 'AUD',
  names: new Faker({ locale: [en_AU, en, base] }),
  phone: (digits: (count: number) => string) => `+61 2 5550 ${digits(4)}`,
};

export const CITIES: City[] = [
  { name: 'Berlin', ...germany, lat: 52.52, lon: 13.405 },
  { name: 'Hamburg', ...germany, lat: 53.551, lon: 9.994 },
  { name: 'München', county: 'Bayern', ...germany, lat: 48.137, lon: 11.575 },
  { name: 'Köln', county: 'Nordrhein-Westfalen', ...germany, lat: 50.938, lon: 6.96 },
  { name: 'Paris', county: 'Île-de-France', ...france, lat: 48.857, lon: 2.352 },
  { name: 'Lyon', county: 'Auvergne-Rhône-Alpes', ...france, lat: 45.764, lon: 4.836 },
  { name: 'London', ...britain, lat: 51.507, lon: -0.128 },
  { name: 'Manchester', ...britain, lat: 53.481, lon: -2.243 },
  { name: 'Edinburgh', county: 'Scotland', ...britain, lat: 55.953, lon: -3.188 },
  { name: 'Dublin', ...ireland, lat: 53.35, lon: -6.26 },
  { name: 'New York', county: 'New York', ...states, lat: 40.713, lon: -74.006 },
  { name: 'Austin', county: 'Texas', ...states, lat: 30.267, lon: -97.743 },
  { name: 'Seattle', county: 'Washington', ...states, lat: 47.606, lon: -122.332 },
  { name: 'Stockholm', ...sweden, lat: 59.329, lon: 18.069 },
  { name: 'Sydney', county: 'New South Wales', ...australia, lat: -33.869, lon: 151.209 },
];
