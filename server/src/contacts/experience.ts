import { parseMoment } from '../platform/time.ts';
import { uuidv7 } from '../platform/uuid.ts';
import type { Experience } from './contact.ts';

type ItemInput = {
  id?: string | null;
  startDate?: string | null;
  endDate?: string | null;
  current?: boolean | null;
};

/** Items as they are kept: one sent with an id that is there keeps it, any other gets a new one; null is unset. */
export function withIds<T extends { id: string }>(
  before: readonly T[],
  items: readonly ItemInput[] | null,
): T[] {
  const free = new Set(before.map((item) => item.id));
  return (items ?? []).map(({ id, ...rest }) => {
    const kept = id && free.delete(id) ? id : uuidv7();
    const set = Object.entries(rest).flatMap(([name, value]) =>
      value === null || value === undefined
        ? []
        : [[name, name === 'startDate' || name === 'endDate' ? parseMoment(String(value)) : value]],
    );
    return { id: kept, ...Object.fromEntries(set) } as T;
  });
}

/** The current one, of several the one that began last; without a current one the latest. */
export function primaryExperience(experience: readonly Experience[]): Experience | undefined {
  const rank = (item: Experience) =>
    [item.current ? '1' : '0', item.current ? '' : (item.endDate ?? ''), item.startDate ?? ''].join(' ');
  return experience.toSorted((a, b) => (rank(a) < rank(b) ? 1 : rank(a) > rank(b) ? -1 : 0))[0];
}
