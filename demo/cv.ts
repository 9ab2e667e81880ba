import type { Faker } from '@faker-js/faker';
import { LANGUAGES } from './careers.ts';
import type { City } from './cities.ts';

/** The year that careers are told up to; fixed, so that a second run tells the same ones. */
const THIS_YEAR = 2026;

/** Jobs one after another up to this year, latest first. */
export function experienceOf(roles: string[], years: number, random: Faker) {
  const length = Math.max(1, Math.floor(years / roles.length));
  return roles
    .map((role, job) => {
      const began = THIS_YEAR - years + job * length;
      const current = job === roles.length - 1;
      return {
        organisationName: random.company.name(),
        role,
        startDate: `${began}-0${random.number.int({ min: 1, max: 9 })}-01`,
        ...(current ? { current } : { current, endDate: `${began + length}-01-31` }),
      };
    })
    .reverse();
}

export function educationOf(
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

export function languagesOf(city: City, random: Faker): object[] {
  const others = Object.keys(LANGUAGES).filter((code) => code !== city.language && code !== 'en');
  const codes = new Set([city.language, 'en', ...random.helpers.arrayElements(others, { min: 0, max: 2 })]);
  return [...codes].map((languageCode) => ({ languageCode, value: LANGUAGES[languageCode] }));
}
