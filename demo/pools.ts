import type { Person } from './person.ts';
import { CARE_RECRUITING, EXECUTIVE_SEARCH } from './teams.ts';

/** A pool that the demo wants, and who belongs there. */
export interface DemoPool {
  name: string;
  description: string;
  visibility: 'public' | 'private';
  /** By name, as is the team. */
  type?: string;
  sharedWith?: string;
  takes(person: Person): boolean;
}

const tagged =
  (tag: string) =>
  ({ tags }: Person) =>
    tags.includes(tag);
const worksIn = ({ career }: Person, department: string) => career.department === department;

export const POOLS: DemoPool[] = [
  {
    name: 'Silver medallists',
    description: 'Runners-up of the last rounds: ask them first.',
    visibility: 'public',
    type: 'Nurture',
    takes: tagged('Silver medallist'),
  },
  {
    name: 'Alumni',
    description: 'They worked here and left on good terms.',
    visibility: 'public',
    type: 'Alumni relations',
    takes: tagged('Alumni'),
  },
  {
    name: 'Referrals',
    description: 'Someone here put in a word for them.',
    visibility: 'public',
    takes: tagged('Referral'),
  },
  {
    name: 'Career fairs',
    description: 'Everyone who left a card at our stand.',
    visibility: 'public',
    type: 'Campus',
    takes: tagged('Career fair'),
  },
  {
    name: 'Trainees and beginners',
    description: 'At the start of their working life.',
    visibility: 'private',
    type: 'Campus',
    takes: (person) => person.step === 0 && (tagged('Trainee')(person) || tagged('Career fair')(person)),
  },
  {
    name: 'Ready to relocate',
    description: 'Would move for the right offer.',
    visibility: 'public',
    takes: (person) => tagged('Relocates')(person) && person.step >= 2,
  },
  {
    name: 'Remote engineers',
    description: 'Software people who want to work from home.',
    visibility: 'public',
    type: 'Nurture',
    takes: (person) => worksIn(person, 'Engineering') && tagged('Remote only')(person),
  },
  {
    name: 'Nurses Berlin',
    description: 'For the wards in Berlin, whatever the shift.',
    visibility: 'public',
    type: 'Nurture',
    sharedWith: CARE_RECRUITING,
    takes: (person) => worksIn(person, 'Care') && person.city.name === 'Berlin',
  },
  {
    name: 'Future ward managers',
    description: 'Senior nurses who could lead a ward.',
    visibility: 'private',
    type: 'Succession',
    sharedWith: CARE_RECRUITING,
    takes: (person) => worksIn(person, 'Care') && (person.step === 1 || person.step === 2),
  },
  {
    name: 'Finance leadership',
    description: 'Controllers and CFOs. Handle with discretion.',
    visibility: 'private',
    type: 'Succession',
    sharedWith: EXECUTIVE_SEARCH,
    takes: (person) =>
      worksIn(person, 'Finance') && person.step >= 2 && person.skills.includes('Consolidation'),
  },
  {
    name: 'Sales Germany',
    description: 'Account people who know the German market.',
    visibility: 'public',
    takes: (person) => worksIn(person, 'Sales') && person.city.country === 'Germany',
  },
  {
    name: 'Data science, UK and Ireland',
    description: 'For the analytics team that is being built in London and Dublin.',
    visibility: 'private',
    takes: (person) => worksIn(person, 'Data') && ['Ireland', 'United Kingdom'].includes(person.city.country),
  },
];
