import { Success } from '../../identity/http/schemas.ts';
import { type Endpoint, endpoint, ok } from '../../platform/http/endpoint.ts';
import { createPool } from '../create-pool.ts';
import { deletePool } from '../delete-pool.ts';
import { poolTypeRoutes } from '../pool-types/http/pool-type-routes.ts';
import { readPool, readPools } from '../read-pools.ts';
import { updatePool } from '../update-pool.ts';
import { poolContactRoutes } from './pool-contact-routes.ts';
import { NewPool, Pool, PoolChange, PoolParams, Pools, PoolsQuery } from './schemas.ts';

const errors = { 400: 'Bad request', 401: 'Not signed in' } as const;
const onePool = { ...errors, 404: 'No such pool, or not for this user' } as const;
const denied = { 403: 'Not allowed to change pools' } as const;

export const poolRoutes: Endpoint[] = [
  ...poolTypeRoutes,
  endpoint({
    method: 'GET',
    path: '/v1/pools',
    permission: 'signed-in',
    operationId: 'listPools',
    tag: 'pools',
    summary: 'List the pools',
    query: PoolsQuery,
    responses: { 200: Pools, ...errors },
    verb: readPools,
    input: ({ query }) => query,
    answer: ok,
  }),
  endpoint({
    method: 'POST',
    path: '/v1/pool',
    permission: 'pools.write',
    operationId: 'createPool',
    tag: 'pools',
    summary: 'Create a pool',
    description: 'It is private, and belongs to the caller, unless the body says otherwise.',
    body: NewPool,
    responses: { 200: Pool, ...errors, ...denied },
    verb: createPool,
    input: ({ body }) => body,
    answer: (pool) => ({ status: 200, body: pool, headers: { location: `/v1/pool/${pool.id}` } }),
  }),
  endpoint({
    method: 'GET',
    path: '/v1/pool/{poolid}',
    permission: 'signed-in',
    operationId: 'getPool',
    tag: 'pools',
    summary: 'Read a pool',
    params: PoolParams,
    responses: { 200: Pool, ...onePool },
    verb: readPool,
    input: ({ params }) => params,
    answer: ok,
  }),
  endpoint({
    method: 'PATCH',
    path: '/v1/pool/{poolid}',
    permission: 'pools.write',
    operationId: 'updatePool',
    tag: 'pools',
    summary: 'Change a pool',
    description:
      '`shares` are replaced whole. With another pool type, every contact goes to its first step. The contacts spell out a new name within seconds.',
    params: PoolParams,
    body: PoolChange,
    responses: { 200: Pool, ...onePool, ...denied },
    verb: updatePool,
    input: ({ params, body }) => ({ poolid: params.poolid, change: body }),
    answer: ok,
  }),
  endpoint({
    method: 'DELETE',
    path: '/v1/pool/{poolid}',
    permission: 'pools.write',
    operationId: 'deletePool',
    tag: 'pools',
    summary: 'Delete a pool',
    description: 'Its contacts stay.',
    params: PoolParams,
    responses: { 200: Success, ...onePool, ...denied },
    verb: deletePool,
    input: ({ params }) => params,
    answer: () => ok({ code: 200, message: 'the pool was deleted' }),
  }),
  ...poolContactRoutes,
];
