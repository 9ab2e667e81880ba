import { type Answer, type Endpoint, endpoint, ok } from '../../platform/http/endpoint.ts';
import { createCustomer } from '../create-customer.ts';
import type { Customer as CustomerRecord } from '../customer.ts';
import type { CustomerActor } from '../customer-actor.ts';
import { deleteCustomer } from '../delete-customer.ts';
import { listCustomers } from '../list-customers.ts';
import { type Photos, takePhoto } from '../photos/photos.ts';
import { type PhotoParts, readPhoto } from '../photos/read-photo.ts';
import { readCustomer } from '../read-customer.ts';
import { readProjects } from '../read-projects.ts';
import { reinviteCustomer } from '../reinvite-customer.ts';
import { updateCustomer } from '../update-customer.ts';
import { listWire } from './list-wire.ts';
import { customerWire, referencesAt } from './references.ts';
import {
  CompanyParams,
  Customer,
  CustomerChange,
  CustomerParams,
  Customers,
  CustomersQuery,
  NewCustomer,
  PhotoParams,
  Projects,
  Reinvited,
} from './schemas.ts';

const errors = { 400: 'Bad request', 401: 'Not signed in' } as const;
const unknown = { 404: 'No such customer, or another company’s path' } as const;
const denied = { 403: 'The account type does not reach this' } as const;
const taken = { 409: 'The email is in use' } as const;
const form = { consumes: ['multipart/form-data'], upload: true } as const;
const tag = 'customers';
const all = '/api/v3/companies/{companyId}/customers/';
const one = `${all}{customerId}/`;

interface Parts extends PhotoParts {
  /** Without a trailing slash. */
  publicUrl: string;
  photos: Photos;
}

/** The customers of the interview suite: a second face of the company's accounts. */
export const customerRoutes = (parts: Parts): Endpoint[] => {
  const references = referencesAt(parts.publicUrl, parts.links);
  const wire = ({ customer, reader }: { customer: CustomerRecord; reader: CustomerActor }) =>
    customerWire(references, reader, customer);
  const answered =
    (status: number) =>
    (output: { customer: CustomerRecord; reader: CustomerActor }): Answer => ({ status, body: wire(output) });
  return [
    endpoint({
      method: 'GET',
      path: all,
      permission: 'customers.read',
      operationId: 'listCustomers',
      tag,
      summary: 'List the customers of the company',
      description: 'By id; order_by takes a field, with a minus for descending.',
      params: CompanyParams,
      query: CustomersQuery,
      responses: { 200: Customers, ...errors, 403: 'No customer', 404: unknown[404] },
      verb: listCustomers,
      input: ({ params, query }) => ({ ...params, ...query }),
      answer: ({ customers, total, reader }, { query }) =>
        ok(
          listWire(
            customers.map((customer) => wire({ customer, reader })),
            total,
            { url: `${references.company(reader.companyId)}customers/`, query, ...query },
          ),
        ),
    }),
    endpoint({
      ...form,
      method: 'POST',
      path: all,
      permission: 'customers.write',
      operationId: 'createCustomer',
      tag,
      summary: 'Create a customer below oneself',
      description: 'Invited by mail, in preferred_language.',
      params: CompanyParams,
      body: NewCustomer,
      responses: { 201: Customer, ...errors, ...denied, 404: unknown[404], ...taken },
      verb: createCustomer(parts),
      input: async ({ params, body: { photo, ...input } }) => ({
        ...params,
        input,
        photo: await takePhoto(photo),
      }),
      answer: (output) => {
        const body = wire(output);
        return { status: 201, body, headers: { location: body.resource_uri } };
      },
    }),
    endpoint({
      method: 'GET',
      path: one,
      permission: 'customers.read',
      operationId: 'getCustomer',
      tag,
      summary: 'Read a customer',
      params: CustomerParams,
      responses: { 200: Customer, ...errors, 403: 'No customer', ...unknown },
      verb: readCustomer,
      input: ({ params }) => params,
      answer: answered(200),
    }),
    endpoint({
      ...form,
      method: 'PATCH',
      path: one,
      permission: 'customers.write',
      operationId: 'updateCustomer',
      tag,
      summary: 'Change a customer below oneself, or oneself',
      description: 'Changes what the body names. The username stays.',
      params: CustomerParams,
      body: CustomerChange,
      responses: { 202: Customer, ...errors, ...denied, ...unknown, ...taken },
      verb: updateCustomer(parts),
      input: async ({ params, body: { photo, ...change } }) => ({
        companyId: params.companyId,
        ref: params,
        change,
        photo: await takePhoto(photo),
      }),
      answer: answered(202),
    }),
    endpoint({
      method: 'DELETE',
      path: one,
      permission: 'customers.write',
      operationId: 'deleteCustomer',
      tag,
      summary: 'Delete a customer below oneself',
      description: 'A mail tells the customer who did it.',
      params: CustomerParams,
      responses: { 204: 'Deleted', ...errors, ...denied, ...unknown },
      verb: deleteCustomer(parts),
      input: ({ params }) => params,
      answer: () => ({ status: 204 }),
    }),
    endpoint({
      method: 'PATCH',
      path: `${one}reinvite/`,
      permission: 'customers.administrate',
      operationId: 'reinviteCustomer',
      tag,
      summary: 'Invite a customer again',
      description: 'For owners and admins, of a customer who is invited. Every earlier link dies.',
      params: CustomerParams,
      responses: { 200: Reinvited, ...errors, ...denied, ...unknown },
      verb: reinviteCustomer(parts),
      input: ({ params }) => params,
      answer: () => ok({ detail: 'The invitation was sent again.' }),
    }),
    endpoint({
      method: 'GET',
      path: `${one}projects/`,
      permission: 'customers.read',
      operationId: 'listCustomerProjects',
      tag,
      summary: 'List the projects of a customer',
      description: 'None: there are no interviews.',
      params: CustomerParams,
      responses: { 200: Projects, ...errors, 403: 'No customer', ...unknown },
      verb: readProjects,
      input: ({ params }) => params,
      answer: () => ok({ meta: { total_count: 0, previous: null, next: null }, objects: [] }),
    }),
    endpoint({
      method: 'GET',
      path: `${one}photo/{token}/`,
      permission: 'public',
      operationId: 'getCustomerPhoto',
      tag,
      summary: 'A photo, by the address that a customer has for one session',
      hidden: true,
      params: PhotoParams,
      responses: {
        200: 'The picture',
        400: 'An address that is none',
        404: 'The session or the photo is gone',
      },
      verb: readPhoto(parts),
      input: ({ params }) => params,
      answer: ({ bytes, type }) => ({
        status: 200,
        contentType: type,
        headers: {
          'cache-control': 'private, max-age=300',
          'content-disposition': 'inline',
          'content-security-policy': "default-src 'none'; sandbox",
          'referrer-policy': 'no-referrer',
        },
        body: bytes,
      }),
    }),
  ];
};
