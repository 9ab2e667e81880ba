import type { Faker } from '@faker-js/faker';

/** A custom field that the demo wants, and what a person's value of it may be. */
interface DemoField {
  name: string;
  type: string;
  options?: { label: string }[];
  content(random: Faker): { value: string | number | boolean } | { values: string[] };
}

const NOTICE = ['None', '1 month', '3 months', '6 months'];
const PERMITS = ['European Union', 'United Kingdom', 'United States', 'Australia'];
const labels = (all: string[]) => all.map((label) => ({ label }));

export const DEMO_FIELDS: DemoField[] = [
  {
    name: 'Notice period',
    type: 'singleSelect',
    options: labels(NOTICE),
    content: (random) => ({ value: random.helpers.arrayElement(NOTICE) }),
  },
  {
    name: 'Work permits',
    type: 'multiSelect',
    options: labels(PERMITS),
    content: (random) => ({ values: random.helpers.arrayElements(PERMITS, { min: 1, max: 2 }) }),
  },
  {
    name: 'Salary expectation',
    type: 'number',
    content: (random) => ({ value: random.number.int({ min: 32, max: 160 }) * 1000 }),
  },
  {
    name: 'Open to relocation',
    type: 'boolean',
    content: (random) => ({ value: random.datatype.boolean(0.35) }),
  },
];
