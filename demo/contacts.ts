import { DEMO_FIELDS } from './custom-fields.ts';
import type { Filling } from './filling.ts';
import { idsByName } from './named.ts';
import { noteOn } from './notes.ts';
import { type Person, personAt } from './person.ts';

/** A person of the demo as the company knows it. */
export interface Contact {
  id: string;
  person: Person;
  /** Someone archived it: it is in no list. */
  archived: boolean;
}

/** The demo's first people as contacts, in their order: those that are new with a note on some, the others updated. */
export async function fillContacts({ request, each, made }: Filling, count: number): Promise<Contact[]> {
  const fieldIds = await idsByName(
    request,
    { list: '/v1/contact/customfields', property: 'customFields', path: '/v1/contact/customfields' },
    DEMO_FIELDS.map(({ name, type, options }) => ({ name, type, ...(options && { options }) })),
  );
  return each('contacts', [...Array(count).keys()], async (index) => {
    const { person, body } = personAt(index, fieldIds);
    const { headers, body: contact } = await request('POST', '/v1/contact', body);
    // Only a contact that is new says where it is.
    const created = headers.has('location');
    made.contacts[created ? 'created' : 'updated']++;
    const note = created && noteOn(person);
    if (note) {
      await request('POST', '/v1/note', { contactId: contact.id, ...note });
      made.notes++;
    }
    return { id: contact.id, person, archived: contact.archivedAt !== undefined };
  });
}
