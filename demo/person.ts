import { base, en, Faker } from '@faker-js/faker';
import { CAREERS, LANGUAGES, SOURCES, TAGS } from './careers.ts';
import { CITIES, type City } from './cities.ts';
import { DEMO_FIELDS } from './custom-fields.ts';

const DAY = 24 * 60 * 60 * 1000;
const SPREAD = 2 * 365;
/** The year that careers are told up to; fixed, so that a second run tells the same ones. */
const THIS_YEAR = 2026;

/**
 * The demo's person of a number, as a body for POST /v1/contact: always the same one, but for when it was created,
 * which counts back from now. `fieldIds`: by the custom fields' names.
 */
export function personAt(index: number, fieldIds: ReadonlyMap<string, string>): object {
  const random = new Faker({ locale: [en, base], seed: 20_260_000 + index });
  const { helpers, number } = random;
  const chance = (probability: number) => random.datatype.boolean(probability);
  const digits = (count: number) => random.string.numeric({ length: count, allowLeadingZeros: true });
  const city = helpers.arrayElement(CITIES);
  city.names.seed(number.int());
  const [firstName, lastName] = [city.names.person.firstName(), city.names.person.lastName()];
  const middleNames = chance(0.12) ? [city.names.person.middleName()] : [];
  const serial = String(index + 1).padStart(5, '0');
  const slug = `${ascii(firstName)}.${ascii(lastName)}`;
  const career = helpers.arrayElement(CAREERS);
  const years = number.int({ min: 1, max: 24 });
  const at = number.float({ min: 0, max: 1 });
  // More of them lately: the pipeline of a company that grows.
  const createdDaysAgo = Math.floor(SPREAD * at ** 1.6);

  return {
    firstName,
    middleNames,
    lastName,
    emails: [`${slug}.${serial}@example.com`, ...(chance(0.2) ? [`${slug}.${serial}@work.example`] : [])],
    phoneNumbers: chance(0.85) ? [city.phone(digits)] : [],
    links: [
      ...(chance(0.8) ? [`https://www.linkedin.com/in/${slug.replace('.', '-')}-hw${serial}`] : []),
      ...(chance(0.2) ? [`https://${slug.replace('.', '-')}-${serial}.example`] : []),
    ],
    location: locationIn(city, random),
    experience: experienceOf(career.steps, years, random),
    education: educationOf(career.programs, years, city, random),
    skills: helpers.arrayElements(career.skills, { min: 2, max: 6 }),
    languages: languagesOf(city, random),
    globalTags: helpers.arrayElements(TAGS, { min: 0, max: 2 }).map((value) => ({ value })),
    status: {
      value: helpers.weightedArrayElement([
        { weight: 5, value: 'Lead' },
        { weight: 3, value: 'Outreach Made' },
        { weight: 2, value: 'Passive' },
        { weight: 2, value: 'Engaged' },
      ]),
    },
    customFields: DEMO_FIELDS.filter(() => chance(0.7)).map((field) => ({
      id: fieldIds.get(field.name),
      ...field.content(random),
    })),
    integrations: chance(0.3)
      ? { [helpers.arrayElement(['greenhouse', 'workday', 'taleo'])]: { id: `demo-${serial}` } }
      : {},
    creationSource: { value: helpers.arrayElement(SOURCES) },
    doNotContact: chance(0.03),
    gdprConsent: chance(0.8),
    createdTime: new Date(Date.now() - createdDaysAgo * DAY - number.int({ max: DAY })).toISOString(),
  };
}

function locationIn({ name, county, country, lat, lon }: City, random: Faker): object {
  const near = (degree: number) =>
    Number((degree + random.number.float({ min: -0.05, max: 0.05 })).toFixed(4));
  return {
    city: name,
    ...(county ? { county } : {}),
    country,
    formattedAddress: [name, county, country].filter(Boolean).join(', '),
    geoPoint: { lat: near(lat), lon: near(lon) },
  };
}

/** Jobs one after another up to this year, latest first. */
function experienceOf(steps: string[], years: number, random: Faker): object[] {
  const jobs = Math.min(steps.length, 1 + Math.floor(years / 4));
  const length = Math.max(1, Math.floor(years / jobs));
  return Array.from({ length: jobs }, (_, job) => {
    const began = THIS_YEAR - years + job * length;
    const current = job === jobs - 1;
    return {
      organisationName: random.company.name(),
      role: steps[job],
      startDate: `${began}-0${random.number.int({ min: 1, max: 9 })}-01`,
      ...(current ? { current } : { current, endDate: `${began + length}-01-31` }),
    };
  }).reverse();
}

function educationOf(
  programs: [degree: string, program: string][],
  years: number,
  city: City,
  random: Faker,
): object[] {
  const [degree, program] = random.helpers.arrayElement(programs);
  const ended = THIS_YEAR - years;
  return [
    {
      organisationName: `University of ${city.name}`,
      degree,
      program,
      startDate: `${ended - 4}-10-01`,
      endDate: `${ended}-06-30`,
    },
  ];
}

function languagesOf(city: City, random: Faker): object[] {
  const others = Object.keys(LANGUAGES).filter((code) => code !== city.language && code !== 'en');
  const codes = new Set([city.language, 'en', ...random.helpers.arrayElements(others, { min: 0, max: 2 })]);
  return [...codes].map((languageCode) => ({ languageCode, value: LANGUAGES[languageCode] }));
}

/** A name as it stands in an address. */
function ascii(name: string): string {
  return name
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .replace(/[^a-z]/gi, '')
    .toLowerCase();
}
