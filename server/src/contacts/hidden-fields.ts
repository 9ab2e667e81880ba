import type { Contact, CustomFieldEntry } from './contact.ts';

/** The text to answer: as it is kept, unless it holds custom fields that are hidden from the reader. */
export function withoutHidden(wire: string, hidden: readonly string[] | null): string {
  if (!hidden) return wire;
  const contact: Contact = JSON.parse(wire);
  return JSON.stringify({
    ...contact,
    customFields: contact.customFields.filter(({ id }) => !hidden.includes(id)),
  });
}

/** The entries after a writer who does not see all of them replaced those it sees. */
export function keepingHidden(
  before: CustomFieldEntry[],
  given: CustomFieldEntry[] | undefined,
  hidden: readonly string[] | null,
): CustomFieldEntry[] | undefined {
  if (!given || !hidden) return given;
  // A field may have been opened to the writer between the two looks: what was given counts then.
  const named = new Set(given.map(({ id }) => id));
  return [...before.filter(({ id }) => hidden.includes(id) && !named.has(id)), ...given];
}
