import type { Ctx } from '../identity/verbs.ts';
import type { Sql } from '../platform/db/statement.ts';
import type { Contact, ListEntry, VacancyEntry } from './contact.ts';
import type { ListInput, VacancyInput } from './contact-input.ts';

/** What becomes of a contact's entries, and the rows that go with them. */
export interface Placing<Entry> {
  entries: Entry[];
  /** Writes the rows, once the contact has its own; undefined where there is nothing to write. */
  store: (() => Promise<unknown>) | undefined;
}

/**
 * A feature that keeps where contacts are placed, while the contact spells it out. `given` replaces `before`, whole;
 * the contact is held by the transaction, or new. Throws a 400 for what does not exist, a 403 for a change that the
 * actor may not make.
 */
export interface Placement<Input, Entry> {
  replace(ctx: Ctx, contactId: string, before: readonly Entry[], given: Input[]): Promise<Placing<Entry>>;
}

/** The pools and the vacancies, which are features of their own. */
export interface Placements {
  lists: Placement<ListInput, ListEntry>;
  vacancies: Placement<VacancyInput, VacancyEntry>;
}

/** What another feature does, in the same transaction, before a contact is deleted. */
export type BeforeContactGoes = (sql: Sql, companyId: number, contactId: string) => Promise<void>;

export interface Placed {
  lists: ListEntry[];
  vacancies: VacancyEntry[];
  stores: (() => Promise<unknown>)[];
}

/** Where the contact is after the input; null takes it out everywhere. */
export async function placed(
  ctx: Ctx,
  placements: Placements,
  { id, lists, vacancies }: Pick<Contact, 'id' | 'lists' | 'vacancies'>,
  input: { lists?: ListInput[] | null; vacancies?: VacancyInput[] | null },
): Promise<Placed> {
  const stays = <Entry>(entries: Entry[]): Placing<Entry> => ({ entries, store: undefined });
  const [inPools, onVacancies] = await Promise.all([
    input.lists === undefined ? stays(lists) : placements.lists.replace(ctx, id, lists, input.lists ?? []),
    input.vacancies === undefined
      ? stays(vacancies)
      : placements.vacancies.replace(ctx, id, vacancies, input.vacancies ?? []),
  ]);
  return {
    lists: inPools.entries,
    vacancies: onVacancies.entries,
    stores: [inPools.store, onVacancies.store].filter((store) => store !== undefined),
  };
}
