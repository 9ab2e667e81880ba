import { presentPartners } from '../identity/integrations.ts';
import { invalid } from '../platform/problem.ts';
import { uuidv7 } from '../platform/uuid.ts';
import type { Stage } from './vacancy.ts';
import type { StageInput } from './vacancy-input.ts';

/** The pipeline of a vacancy that says nothing of its stages. */
const USUAL: StageInput[] = [
  { value: 'Applied', group: 'applied' },
  { value: 'Screening', group: 'screening' },
  { value: 'Interview', group: 'interview' },
  { value: 'Offer', group: 'offer' },
  { value: 'Hired', group: 'hired' },
];

export function usualStages(): Stage[] {
  return decidedStages([], USUAL);
}

/**
 * The stages after `given` replaced `before`, in their order. A stage is the one of its id; without an id, the one of
 * its value, whatever its case; else a new one, which keeps the id it is sent with. Throws a 400 that names the entry.
 */
export function decidedStages(before: readonly Stage[], given: readonly StageInput[]): Stage[] {
  const claimed = new Set(given.flatMap(({ id }) => (id ? [id] : [])));
  const stages = given.map((input, index): Stage => {
    const label = input.value?.trim() || input.name?.trim();
    const known = input.id
      ? before.find(({ id }) => id === input.id)
      : before.find(({ id, value }) => !claimed.has(id) && sameText(value, label));
    const value = label || known?.value;
    if (!value) throw invalid(`stages[${index}]`, 'must have a value or a name');
    const id = input.id ?? known?.id ?? uuidv7();
    claimed.add(id);
    const group = input.group === undefined ? known?.group : input.group?.trim();
    return {
      id,
      value,
      name: input.name?.trim() || (known && known.name !== known.value ? known.name : value),
      ...(group ? { group } : {}),
      order: input.order ?? index,
      locked: input.locked ?? known?.locked ?? false,
      integrations:
        input.integrations === undefined ? (known?.integrations ?? {}) : presentPartners(input.integrations),
    };
  });
  stages.forEach(({ id }, index) => {
    if (stages.findIndex((other) => other.id === id) !== index)
      throw invalid(`stages[${index}].id`, 'must not be the id of another stage of the vacancy');
  });
  return stages.toSorted((one, other) => one.order - other.order);
}

function sameText(value: string, label: string | undefined): boolean {
  return label !== undefined && value.toLowerCase() === label.toLowerCase();
}
