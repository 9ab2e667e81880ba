import { Page, Success } from '../../../identity/http/schemas.ts';
import { type Endpoint, endpoint, ok } from '../../../platform/http/endpoint.ts';
import { createPoolType } from '../create-pool-type.ts';
import { deletePoolType } from '../delete-pool-type.ts';
import { readPoolType, readPoolTypes } from '../read-pool-types.ts';
import { updatePoolType } from '../update-pool-type.ts';
import { NewPoolType, PoolType, PoolTypeChange, PoolTypeParams, PoolTypes } from './schemas.ts';

const errors = { 400: 'Bad request', 401: 'Not signed in' } as const;
const one = { ...errors, 404: 'No such pool type' } as const;
const denied = { 403: 'Not allowed to change settings' } as const;

export const poolTypeRoutes: Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/v1/pooltypes',
    permission: 'signed-in',
    operationId: 'listPoolTypes',
    tag: 'pooltypes',
    summary: 'List the pool types',
    query: Page,
    responses: { 200: PoolTypes, ...errors },
    verb: readPoolTypes,
    input: ({ query }) => query,
    answer: ok,
  }),
  endpoint({
    method: 'POST',
    path: '/v1/pooltype',
    permission: 'settings.write',
    operationId: 'createPoolType',
    tag: 'pooltypes',
    summary: 'Create a pool type',
    description: 'A step without an id is given one.',
    body: NewPoolType,
    responses: { 200: PoolType, ...errors, ...denied, 409: 'The name is taken' },
    verb: createPoolType,
    input: ({ body }) => body,
    answer: (type) => ({ status: 200, body: type, headers: { location: `/v1/pooltype/${type.id}` } }),
  }),
  endpoint({
    method: 'GET',
    path: '/v1/pooltype/{pooltypeid}',
    permission: 'signed-in',
    operationId: 'getPoolType',
    tag: 'pooltypes',
    summary: 'Read a pool type',
    params: PoolTypeParams,
    responses: { 200: PoolType, ...one },
    verb: readPoolType,
    input: ({ params }) => params,
    answer: ok,
  }),
  endpoint({
    method: 'PATCH',
    path: '/v1/pooltype/{pooltypeid}',
    permission: 'settings.write',
    operationId: 'updatePoolType',
    tag: 'pooltypes',
    summary: 'Change a pool type',
    description:
      '`steps.values` replaces them all, in this order. A step keeps its id: by the id that is sent, else by its name. A step at which contacts stand cannot be left out.',
    params: PoolTypeParams,
    body: PoolTypeChange,
    responses: { 200: PoolType, ...one, ...denied, 409: 'The name is taken, or a step holds contacts' },
    verb: updatePoolType,
    input: ({ params, body }) => ({ pooltypeid: params.pooltypeid, change: body }),
    answer: ok,
  }),
  endpoint({
    method: 'DELETE',
    path: '/v1/pooltype/{pooltypeid}',
    permission: 'settings.write',
    operationId: 'deletePoolType',
    tag: 'pooltypes',
    summary: 'Delete a pool type',
    params: PoolTypeParams,
    responses: { 200: Success, ...one, ...denied, 409: 'A pool is of this type' },
    verb: deletePoolType,
    input: ({ params }) => params,
    answer: () => ok({ code: 200, message: 'the pool type was deleted' }),
  }),
];
