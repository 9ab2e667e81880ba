import type { Faker } from '@faker-js/faker';
import { CAREERS, type Career, SOURCES, TAGS } from './careers.ts';
import { CITIES, type City } from './cities.ts';
import { DEMO_FIELDS } from './custom-fields.ts';
import { educationOf, experienceOf, languagesOf } from './cv.ts';
import { seeded } from './seeded.ts';
import { DAY } from './workday.ts';

const SPREAD = 2 * 365;

/** What the rest of the demo goes by: what someone does, and where. */
export interface Person {
  index: number;
  firstName: string;
  career: Career;
  /** Of the career: the one that the person has come to. */
  step: number;
  employer: string;
  skills: string[];
  city: City;
  tags: string[];
  /** For how many whole days the company has known the person. */
  knownFor: number;
}

/**
 * The demo's person of a number, with the body for POST /v1/contact: always the same one, but for when it was created,
 * which counts back from now. `fieldIds`: by the custom fields' names.
 */
export function personAt(
  index: number,
  fieldIds: ReadonlyMap<string, string>,
): { person: Person; body: object } {
  const random = seeded(index);
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
  const jobs = Math.min(career.steps.length, 1 + Math.floor(years / 4));

  const body = {
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
    experience: experienceOf(career.steps.slice(0, jobs), years, random),
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
  const person = {
    index,
    firstName,
    career,
    step: jobs - 1,
    employer: body.experience[0]!.organisationName,
    skills: body.skills,
    city,
    tags: body.globalTags.map(({ value }) => value),
    knownFor: createdDaysAgo,
  };
  return { person, body };
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

/** A name as it stands in an address. */
function ascii(name: string): string {
  return name
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .replace(/[^a-z]/gi, '')
    .toLowerCase();
}
