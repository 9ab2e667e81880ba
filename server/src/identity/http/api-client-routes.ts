import { Type } from 'typebox';
import { type Endpoint, endpoint, ok } from '../../platform/http/endpoint.ts';
import { id, moment, named, text } from '../../platform/http/schema.ts';
import { createApiClient } from '../create-api-client.ts';
import { readApiClient, readApiClients } from '../read-api-clients.ts';
import { revokeApiClient } from '../revoke-api-client.ts';
import { Page, Success } from './schemas.ts';

const NewApiClient = named('NewApiClient', Type.Object({ name: text(200, { minLength: 1 }), userId: id() }));
const client = { clientId: id(), name: Type.String(), userId: id(), createdAt: moment() };
const ApiClient = named('ApiClient', Type.Object(client));
const ApiClients = named(
  'ApiClients',
  Type.Object({ apiClients: Type.Array(ApiClient), totalCount: Type.Integer() }),
);
const ApiClientWithSecret = named(
  'ApiClientWithSecret',
  Type.Object({ ...client, clientSecret: Type.String({ description: 'Shown this once.' }) }),
);
const ApiClientParams = Type.Object({ clientid: id() });

const errors = { 400: 'Bad request', 401: 'Not signed in' } as const;
const oneClient = { ...errors, 404: 'No such API client' } as const;
const denied = { 403: 'Not a super admin' } as const;

export const apiClientRoutes: Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/v1/apiclients',
    permission: 'signed-in',
    operationId: 'listApiClients',
    tag: 'apiclients',
    summary: 'List the API clients',
    query: Page,
    responses: { 200: ApiClients, ...errors },
    verb: readApiClients,
    input: ({ query }) => query,
    answer: ok,
  }),
  endpoint({
    method: 'POST',
    path: '/v1/apiclients',
    permission: 'users.write',
    operationId: 'createApiClient',
    tag: 'apiclients',
    summary: 'Create an API client',
    description: "It acts with its user's roles. The secret is in this answer and nowhere else.",
    body: NewApiClient,
    responses: { 200: ApiClientWithSecret, ...errors, ...denied },
    verb: createApiClient,
    input: ({ body }) => body,
    answer: (made) => ({
      status: 200,
      body: made,
      headers: { location: `/v1/apiclients/${made.clientId}` },
    }),
  }),
  endpoint({
    method: 'GET',
    path: '/v1/apiclients/{clientid}',
    permission: 'signed-in',
    operationId: 'getApiClient',
    tag: 'apiclients',
    summary: 'Read an API client',
    params: ApiClientParams,
    responses: { 200: ApiClient, ...oneClient },
    verb: readApiClient,
    input: ({ params }) => params,
    answer: ok,
  }),
  endpoint({
    method: 'DELETE',
    path: '/v1/apiclients/{clientid}',
    permission: 'users.write',
    operationId: 'revokeApiClient',
    tag: 'apiclients',
    summary: 'Revoke an API client',
    description: 'Its tokens end within a second.',
    params: ApiClientParams,
    responses: { 200: Success, ...oneClient, ...denied },
    verb: revokeApiClient,
    input: ({ params }) => params,
    answer: () => ok({ code: 200, message: 'the API client was revoked' }),
  }),
];
