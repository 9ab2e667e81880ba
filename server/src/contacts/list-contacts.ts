import type { Actor } from '../identity/actor.ts';
import { query } from '../identity/verbs.ts';
import { type ListRequest, listFilter } from '../platform/list-request.ts';
import { listContacts as list } from './contact-list-store.ts';
import { mayHide, withoutHidden } from './hidden-entries.ts';
import { isOfChanges, listChanges } from './list-changes.ts';
import type { ManyContacts } from './many-contacts.ts';

export interface ContactsRequest extends ListRequest {
  email?: string;
}

/** A page of contacts as JSON text (docs/wire-rulings.md section 4). */
export const listContacts = (many: ManyContacts) =>
  query('signed-in', async (ctx, request: ContactsRequest): Promise<string> => {
    const filter = { ...listFilter(request, 'createdTime of the last contact'), email: request.email };
    const page = isOfChanges(filter)
      ? await listChanges(ctx, filter, request)
      : await list(ctx.sql, ctx.actor, filter, request, many);
    const contacts = veiled(ctx.actor, page.contacts, page.excepted);
    return `{"contacts":[${contacts}],"last_batch":${page.batch},"total_count":${page.total}}`;
  });

function veiled(actor: Actor, contacts: string, excepted: string[] | null): string {
  if (!mayHide(actor.rights, excepted)) return contacts;
  const parsed: object[] = JSON.parse(`[${contacts}]`);
  return parsed.map((contact) => withoutHidden(actor, JSON.stringify(contact), excepted)).join(',');
}
