import type { Actor } from '../identity/actor.ts';
import type { Rights } from '../identity/permissions.ts';
import type { Contact, CustomFieldEntry } from './contact.ts';

/** The text to answer: as it is kept, unless it spells out what is hidden from the reader (see exceptedIds). */
export function withoutHidden(
  { rights }: Pick<Actor, 'rights'>,
  wire: string,
  excepted: readonly string[] | null,
): string {
  if (!mayHide(rights, excepted)) return wire;
  const contact: Contact = JSON.parse(wire);
  const isExcepted = ({ id }: { id: string }) => excepted?.includes(id) ?? false;
  return JSON.stringify({
    ...contact,
    customFields: contact.customFields.filter((field) => !isExcepted(field)),
    lists: rights.pools === 'given' ? contact.lists.filter(isExcepted) : contact.lists,
    vacancies: rights.vacancies === 'none' ? [] : contact.vacancies,
  });
}

/** Whether a contact can hold anything that is hidden from a reader with these rights. */
export function mayHide({ pools, vacancies }: Rights, excepted: readonly string[] | null): boolean {
  return excepted !== null || pools === 'given' || vacancies === 'none';
}

/** The entries after a writer who does not see all of them replaced those it sees. */
export function keepingHidden(
  before: CustomFieldEntry[],
  given: CustomFieldEntry[] | undefined,
  excepted: readonly string[] | null,
): CustomFieldEntry[] | undefined {
  if (!given || !excepted) return given;
  // A field may have been opened to the writer between the two looks: what was given counts then.
  const named = new Set(given.map(({ id }) => id));
  return [...before.filter(({ id }) => excepted.includes(id) && !named.has(id)), ...given];
}
