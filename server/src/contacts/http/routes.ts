import { ExternalParams, Success } from '../../identity/http/schemas.ts';
import { type Answer, type Endpoint, endpoint, ok } from '../../platform/http/endpoint.ts';
import { anonymizeContact, deanonymizeContact } from '../anonymize-contact.ts';
import { archiveContact, unarchiveContact } from '../archive-contact.ts';
import { createOrUpdateContact } from '../create-or-update-contact.ts';
import { deleteContact } from '../delete-contact.ts';
import { listContacts } from '../list-contacts.ts';
import { listDeletedContacts } from '../list-deleted-contacts.ts';
import { ManyContacts } from '../many-contacts.ts';
import type { BeforeContactGoes, Placements } from '../placements.ts';
import { readContact } from '../read-contact.ts';
import { setPreferences } from '../set-preferences.ts';
import { shareContact, unshareContact } from '../share-contact.ts';
import { updateContact } from '../update-contact.ts';
import {
  Code,
  Confidentiality,
  Contact,
  ContactIdParams,
  ContactInput,
  ContactParams,
  Contacts,
  ContactsQuery,
  DeletedContacts,
  DeletedQuery,
  Message,
  Preferences,
  Shares,
} from './schemas.ts';

const errors = { 400: 'Bad request', 401: 'Not signed in' } as const;
const oneContact = { ...errors, 404: 'No such contact, or not for this user' } as const;
const denied = { 403: 'The roles do not include this, for this contact' } as const;
const taken = { 409: 'An email, link or external id is another contact’s' } as const;
const message = (text: string) => (): Answer => ok({ message: text });
const success = (text: string) => (): Answer => ok({ code: 200, message: text });

export function contactRoutes(options: {
  placements: Placements;
  beforeContactGoes: readonly BeforeContactGoes[];
}): Endpoint[] {
  const create = createOrUpdateContact(options.placements);
  const update = updateContact(options.placements);
  const list = listContacts(new ManyContacts());
  const remove = deleteContact(options.beforeContactGoes);
  return [
    endpoint({
      method: 'POST',
      path: '/v1/contact',
      permission: 'contacts.write',
      operationId: 'createContact',
      tag: 'contact',
      summary: 'Create a contact, or update the one it already is',
      description:
        'Who shares an email, a link or an external id with a contact is that contact. Needs a name, an email, a phone number or a link.',
      body: ContactInput,
      responses: {
        200: Contact,
        ...errors,
        ...denied,
        409: 'The person is more than one contact, or not for this user',
      },
      verb: create,
      input: ({ body }) => body,
      answer: ({ created, id, wire }) => ({
        status: 200,
        body: wire,
        ...(created ? { headers: { location: `/v1/contact/${id}` } } : {}),
      }),
    }),
    endpoint({
      method: 'GET',
      path: '/v1/contacts',
      permission: 'signed-in',
      operationId: 'listContacts',
      tag: 'contact',
      summary: 'List contacts',
      description:
        'To walk all of them, ask for created_at_op=gte, sort_field=createdAt and the createdTime of the last contact seen, until a page is not full.',
      query: ContactsQuery,
      responses: { 200: Contacts, ...errors },
      verb: list,
      input: ({ query }) => query,
      answer: ok,
    }),
    endpoint({
      method: 'GET',
      path: '/v1/contacts/deleted',
      permission: 'signed-in',
      operationId: 'listDeletedContacts',
      tag: 'contact',
      summary: 'List the ids of deleted, archived and anonymised contacts',
      query: DeletedQuery,
      responses: { 200: DeletedContacts, ...errors },
      verb: listDeletedContacts,
      input: ({ query }) => query,
      answer: ok,
    }),
    endpoint({
      method: 'GET',
      path: '/v1/contact/external/{partnername}/{externalid}',
      permission: 'signed-in',
      operationId: 'getContactByExternalId',
      tag: 'contact',
      summary: "Read a contact by its id in a partner's system",
      params: ExternalParams,
      responses: { 200: Contact, ...oneContact },
      verb: readContact,
      input: ({ params }) => params,
      answer: ok,
    }),
    endpoint({
      method: 'PATCH',
      path: '/v1/contact/external/{partnername}/{externalid}',
      permission: 'contacts.write',
      operationId: 'updateContactByExternalId',
      tag: 'contact',
      summary: "Change a contact by its id in a partner's system",
      params: ExternalParams,
      body: ContactInput,
      responses: { 200: Contact, ...oneContact, ...denied, ...taken },
      verb: update,
      input: ({ params, body }) => ({ ref: params, change: body }),
      answer: ok,
    }),
    endpoint({
      method: 'DELETE',
      path: '/v1/contact/external/{partnername}/{externalid}',
      permission: 'contacts.delete',
      operationId: 'deleteContactByExternalId',
      tag: 'contact',
      summary: "Delete a contact by its id in a partner's system",
      params: ExternalParams,
      responses: { 200: Success, ...oneContact, ...denied },
      verb: remove,
      input: ({ params }) => params,
      answer: success('the contact was deleted'),
    }),
    endpoint({
      method: 'GET',
      path: '/v1/contact/{contactid}',
      permission: 'signed-in',
      operationId: 'getContact',
      tag: 'contact',
      summary: 'Read a contact',
      params: ContactParams,
      responses: { 200: Contact, ...oneContact },
      verb: readContact,
      input: ({ params }) => params,
      answer: ok,
    }),
    endpoint({
      method: 'PATCH',
      path: '/v1/contact/{contactid}',
      permission: 'contacts.write',
      operationId: 'updateContact',
      tag: 'contact',
      summary: 'Change a contact',
      description: 'Each property that the body names is replaced, whole; null clears it.',
      params: ContactParams,
      body: ContactInput,
      responses: { 200: Contact, ...oneContact, ...denied, ...taken },
      verb: update,
      input: ({ params, body }) => ({ ref: params, change: body }),
      answer: ok,
    }),
    endpoint({
      method: 'DELETE',
      path: '/v1/contact/{contactid}',
      permission: 'contacts.delete',
      operationId: 'deleteContact',
      tag: 'contact',
      summary: 'Delete a contact',
      params: ContactParams,
      responses: { 200: Success, ...oneContact, ...denied },
      verb: remove,
      input: ({ params }) => params,
      answer: success('the contact was deleted'),
    }),
    endpoint({
      method: 'PUT',
      path: '/v1/contact/{contactId}/confidentiality',
      permission: 'contacts.share',
      operationId: 'shareContact',
      tag: 'contact',
      summary: 'Keep a contact for some users and teams',
      params: ContactIdParams,
      body: Shares,
      responses: { 200: Confidentiality, ...oneContact, ...denied },
      verb: shareContact,
      input: ({ params, body }) => ({ ref: { contactid: params.contactId }, shares: body.shares }),
      answer: ok,
    }),
    endpoint({
      method: 'DELETE',
      path: '/v1/contact/{contactId}/confidentiality',
      permission: 'contacts.share',
      operationId: 'unshareContact',
      tag: 'contact',
      summary: 'Give a contact back to all who see confidential ones',
      params: ContactIdParams,
      responses: { 200: Success, ...oneContact, ...denied },
      verb: unshareContact,
      input: ({ params }) => ({ contactid: params.contactId }),
      answer: success('the contact is no longer kept for some'),
    }),
    endpoint({
      method: 'POST',
      path: '/v1/contact/{contactId}/contactinfo',
      permission: 'contacts.write',
      operationId: 'setContactPreferences',
      tag: 'contact',
      summary: 'Say whether campaigns may reach a contact',
      params: ContactIdParams,
      body: Preferences,
      responses: { 200: Code, ...oneContact, ...denied },
      verb: setPreferences,
      input: ({ params, body }) => ({
        ref: { contactid: params.contactId },
        doNotContact: body.doNotContact,
      }),
      answer: () => ok({ code: 200 }),
    }),
    endpoint({
      method: 'POST',
      path: '/v1/contact/{contactid}/anonymize',
      permission: 'contacts.anonymize',
      operationId: 'anonymizeContact',
      tag: 'contact',
      summary: 'Hide a contact from every read, and keep it from being added again',
      params: ContactParams,
      responses: { 200: Message, ...oneContact, ...denied },
      verb: anonymizeContact,
      input: ({ params }) => params,
      answer: message('the contact is anonymised'),
    }),
    endpoint({
      method: 'POST',
      path: '/v1/contact/{contactid}/deanonymize',
      permission: 'contacts.anonymize',
      operationId: 'deanonymizeContact',
      tag: 'contact',
      summary: 'Bring an anonymised contact back',
      params: ContactParams,
      responses: { 200: Message, ...oneContact, ...denied },
      verb: deanonymizeContact,
      input: ({ params }) => params,
      answer: message('the contact is back'),
    }),
    endpoint({
      method: 'POST',
      path: '/v1/contact/{contactid}/archive',
      permission: 'contacts.write',
      operationId: 'archiveContact',
      tag: 'contact',
      summary: 'Take a contact out of the lists',
      params: ContactParams,
      responses: { 200: Contact, ...oneContact, ...denied },
      verb: archiveContact,
      input: ({ params }) => params,
      answer: ok,
    }),
    endpoint({
      method: 'POST',
      path: '/v1/contact/{contactid}/unarchive',
      permission: 'contacts.write',
      operationId: 'unarchiveContact',
      tag: 'contact',
      summary: 'Put an archived contact back into the lists',
      params: ContactParams,
      responses: { 200: Contact, ...oneContact, ...denied },
      verb: unarchiveContact,
      input: ({ params }) => params,
      answer: ok,
    }),
  ];
}
