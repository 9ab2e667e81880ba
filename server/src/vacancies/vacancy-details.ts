import { parseMoment } from '../platform/time.ts';
import type { Details } from './vacancy.ts';
import type { VacancyInput } from './vacancy-input.ts';

const TEXTS = [
  'department',
  'description',
  'job_level_id',
  'job_url',
  'location',
  'manager',
  'owner',
  'salary',
  'status',
  'team_id',
  'type',
  'visibility',
] as const satisfies (keyof Details)[];

/** The details after what the input names was replaced; null clears. */
export function changedDetails(before: Details, input: VacancyInput): Details {
  const after: Details = { ...before };
  for (const name of TEXTS) {
    const text = input[name];
    if (text === undefined) continue;
    if (text) after[name] = text;
    else delete after[name];
  }
  if (input.dueDate !== undefined) {
    const dueDate = input.dueDate ? parseMoment(input.dueDate) : undefined;
    if (dueDate) after.dueDate = dueDate;
    else delete after.dueDate;
  }
  if (input.published !== undefined) {
    if (input.published) after.published = true;
    else delete after.published;
  }
  return after;
}
