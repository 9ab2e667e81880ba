import type { Type } from 'typebox';
import { type Answer, type Endpoint, endpoint, ok } from '../../platform/http/endpoint.ts';
import { createUser } from '../create-user.ts';
import { type BeforeUserLeaves, deleteUser } from '../delete-user.ts';
import { readUser, readUsers } from '../read-users.ts';
import { updateUser } from '../update-user.ts';
import { readRoles, setRoles } from '../user-roles.ts';
import {
  ExternalParams,
  NewUser,
  Page,
  Roles,
  Success,
  User,
  UserChange,
  UserParams,
  Users,
} from './schemas.ts';

const errors = { 400: 'Bad request', 401: 'Not signed in' } as const;
const oneUser = { ...errors, 404: 'No such user' } as const;
const success = (message: string) => (): Answer => ok({ code: 200, message });

export const userRoutes = (options: {
  publicUrl: string;
  beforeUserLeaves: readonly BeforeUserLeaves[];
}): Endpoint[] => {
  const create = createUser(options.publicUrl);
  const update = updateUser(options.publicUrl);
  const remove = deleteUser(options.beforeUserLeaves);
  return [
    endpoint({
      method: 'POST',
      path: '/v1/user',
      permission: 'users.write',
      operationId: 'createUser',
      tag: 'user',
      summary: 'Create a user',
      description: 'With the role `limited`. Without a password, an invitation is mailed.',
      body: NewUser,
      responses: {
        200: User,
        ...errors,
        403: 'Not a super admin',
        409: 'The email or an external id is taken',
      },
      verb: create,
      input: ({ body }) => body,
      answer: (user) => ({ status: 200, body: user, headers: { location: `/v1/user/${user.id}` } }),
    }),
    endpoint({
      method: 'GET',
      path: '/v1/users',
      permission: 'signed-in',
      operationId: 'listUsers',
      tag: 'user',
      summary: 'List the users',
      query: Page,
      responses: { 200: Users, ...errors },
      verb: readUsers,
      input: ({ query }) => query,
      answer: ok,
    }),
    endpoint({
      method: 'GET',
      path: '/v1/user/external/{partnername}/{externalid}',
      permission: 'signed-in',
      operationId: 'getUserByExternalId',
      tag: 'user',
      summary: "Read a user by its id in a partner's system",
      params: ExternalParams,
      responses: { 200: User, ...oneUser },
      verb: readUser,
      input: ({ params }) => params,
      answer: ok,
    }),
    endpoint({
      method: 'PUT',
      path: '/v1/user/external/{partnername}/{externalid}',
      permission: 'users.write',
      operationId: 'updateUserByExternalId',
      tag: 'user',
      summary: "Change a user by its id in a partner's system",
      params: ExternalParams,
      body: UserChange,
      responses: {
        200: User,
        ...oneUser,
        403: 'Not a super admin',
        409: 'The email or an external id is taken',
      },
      verb: update,
      input: ({ params, body }) => ({ ref: params, change: body }),
      answer: ok,
    }),
    endpoint({
      method: 'DELETE',
      path: '/v1/user/external/{partnername}/{externalid}',
      permission: 'users.write',
      operationId: 'deleteUserByExternalId',
      tag: 'user',
      summary: "Delete a user by its id in a partner's system",
      params: ExternalParams,
      responses: { 200: Success, ...oneUser, 403: 'Not a super admin', 409: 'The last super admin' },
      verb: remove,
      input: ({ params }) => params,
      answer: success('the user was deleted'),
    }),
    endpoint({
      method: 'GET',
      path: '/v1/user/{userid}',
      permission: 'signed-in',
      operationId: 'getUser',
      tag: 'user',
      summary: 'Read a user',
      params: UserParams,
      responses: { 200: User, ...oneUser },
      verb: readUser,
      input: ({ params }) => params,
      answer: ok,
    }),
    endpoint({
      method: 'PUT',
      path: '/v1/user/{userid}',
      permission: 'users.write',
      operationId: 'updateUser',
      tag: 'user',
      summary: 'Change a user',
      description: 'What the body does not name stays as it is.',
      params: UserParams,
      body: UserChange,
      responses: {
        200: User,
        ...oneUser,
        403: 'Not a super admin',
        409: 'The email or an external id is taken',
      },
      verb: update,
      input: ({ params, body }) => ({ ref: params, change: body }),
      answer: ok,
    }),
    endpoint({
      method: 'DELETE',
      path: '/v1/user/{userid}',
      permission: 'users.write',
      operationId: 'deleteUser',
      tag: 'user',
      summary: 'Delete a user',
      params: UserParams,
      responses: { 200: Success, ...oneUser, 403: 'Not a super admin', 409: 'The last super admin' },
      verb: remove,
      input: ({ params }) => params,
      answer: success('the user was deleted'),
    }),
    endpoint({
      method: 'GET',
      path: '/v1/acl/user/{userid}',
      permission: 'signed-in',
      operationId: 'getUserRoles',
      tag: 'acl',
      summary: "Read a user's roles",
      params: UserParams,
      responses: { 200: Roles, ...oneUser },
      verb: readRoles,
      input: ({ params }) => params,
      answer: ok,
    }),
    endpoint({
      method: 'PUT',
      path: '/v1/acl/user/{userid}',
      permission: 'users.write',
      operationId: 'setUserRoles',
      tag: 'acl',
      summary: "Replace a user's roles",
      params: UserParams,
      body: Roles,
      responses: { 200: Success, ...oneUser, 403: 'Not a super admin', 409: 'The last super admin' },
      verb: setRoles,
      input: ({ params, body }) => ({ userid: params.userid, roles: body as Type.Static<typeof Roles> }),
      answer: success('the roles were replaced'),
    }),
  ];
};
