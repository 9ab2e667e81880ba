import { ContactParams } from '../../contacts/http/schemas.ts';
import { Success } from '../../identity/http/schemas.ts';
import { type Endpoint, endpoint, ok } from '../../platform/http/endpoint.ts';
import { addContacts } from '../add-contacts.ts';
import { moveToStep } from '../move-to-step.ts';
import { readContactPools } from '../read-contact-pools.ts';
import { readPoolContacts } from '../read-pool-contacts.ts';
import { removeContact } from '../remove-contact.ts';
import {
  AddedContacts,
  ContactPools,
  ContactPoolsQuery,
  MemberParams,
  PoolContacts,
  PoolContactsQuery,
  PoolParams,
  PoolStep,
  StepInput,
} from './schemas.ts';

const errors = { 400: 'Bad request', 401: 'Not signed in' } as const;
const onePool = { ...errors, 404: 'No such pool, or not for this user' } as const;
const oneMember = { ...errors, 404: 'No such contact in such a pool, or not for this user' } as const;
const denied = { 403: 'Not allowed to change pools' } as const;

/** The contacts in a pool, and the pools of a contact. */
export const poolContactRoutes: Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/v1/pool/{poolid}/contacts',
    permission: 'signed-in',
    operationId: 'listPoolContacts',
    tag: 'pools',
    summary: 'List the contacts in a pool',
    description: 'As they were added. None that is archived.',
    params: PoolParams,
    query: PoolContactsQuery,
    responses: { 200: PoolContacts, ...onePool },
    verb: readPoolContacts,
    input: ({ params, query }) => ({ ...params, ...query }),
    answer: ok,
  }),
  endpoint({
    method: 'PUT',
    path: '/v1/pool/{poolid}/contacts',
    permission: 'pools.write',
    operationId: 'addPoolContacts',
    tag: 'pools',
    summary: 'Put contacts into a pool',
    description:
      'One by `id`, or up to 1,000 by `ids`: all of them, or none. Those already in it stay as they are.',
    params: PoolParams,
    body: AddedContacts,
    responses: { 200: Success, ...onePool, ...denied },
    verb: addContacts,
    input: ({ params, body }) => ({ poolid: params.poolid, input: body }),
    answer: ({ added, there }) =>
      ok({ code: 200, message: `contacts added: ${added}; in the pool already: ${there}` }),
  }),
  endpoint({
    method: 'DELETE',
    path: '/v1/pool/{poolid}/contacts/{contactid}',
    permission: 'pools.write',
    operationId: 'removePoolContact',
    tag: 'pools',
    summary: 'Take a contact out of a pool',
    params: MemberParams,
    responses: { 200: Success, ...oneMember, ...denied },
    verb: removeContact,
    input: ({ params }) => params,
    answer: () => ok({ code: 200, message: 'the contact is no longer in the pool' }),
  }),
  endpoint({
    method: 'PUT',
    path: '/v1/pool/{poolid}/contacts/{contactid}/step',
    permission: 'pools.write',
    operationId: 'movePoolContact',
    tag: 'pools',
    summary: 'Move a contact to a step of a pool',
    description: 'Back to any step; forward by one where the pool type is sequential.',
    params: MemberParams,
    body: StepInput,
    responses: { 200: PoolStep, ...oneMember, ...denied, 409: 'A step would be skipped' },
    verb: moveToStep,
    input: ({ params, body }) => ({ ...params, id: body.id }),
    answer: ok,
  }),
  endpoint({
    method: 'GET',
    path: '/v1/contact/{contactid}/pools',
    permission: 'signed-in',
    operationId: 'listContactPools',
    tag: 'contact',
    summary: 'List the pools that a contact is in',
    params: ContactParams,
    query: ContactPoolsQuery,
    responses: { 200: ContactPools, ...errors, 404: 'No such contact, or not for this user' },
    verb: readContactPools,
    input: ({ params, query }) => ({ ...params, ...query }),
    answer: ok,
  }),
];
