import { Type } from 'typebox';
import { email, id, named, nullable, oneOf, readOnly, text } from '../../platform/http/schema.ts';
import { Integrations } from '../integrations.ts';
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from '../passwords.ts';
import { ROLES } from '../permissions.ts';

const person = {
  firstName: Type.Optional(nullable(text(200))),
  lastName: Type.Optional(nullable(text(200))),
  position: Type.Optional(nullable(text(200))),
  allowSSO: Type.Optional(Type.Boolean({ description: 'Signs in elsewhere: no password, no invitation.' })),
  fromEmails: Type.Optional(Type.Array(email(), { maxItems: 100 })),
  integrations: Type.Optional(nullable(Integrations)),
};
const password = Type.Optional(
  Type.String({
    minLength: SHORTEST_PASSWORD,
    maxLength: LONGEST_PASSWORD,
    description: 'Taken, never answered.',
  }),
);

export const NewUser = named(
  'NewUser',
  Type.Object({ id: Type.Optional(readOnly(id())), email: email(), ...person, password }),
);

export const UserChange = named(
  'UserChange',
  Type.Object({ id: Type.Optional(readOnly(id())), email: Type.Optional(email()), ...person, password }),
);

export const User = named(
  'User',
  Type.Object({
    id: id(),
    email: Type.String(),
    firstName: Type.Optional(Type.String()),
    lastName: Type.Optional(Type.String()),
    position: Type.Optional(Type.String()),
    allowSSO: Type.Boolean(),
    fromEmails: Type.Array(Type.String()),
    integrations: Integrations,
  }),
);

export const Users = named('Users', Type.Object({ users: Type.Array(User), totalCount: Type.Integer() }));

export const Roles = named('Roles', Type.Array(oneOf(ROLES), { minItems: 1, uniqueItems: true }));

export const Success = named('Success', Type.Object({ code: Type.Integer(), message: Type.String() }));

export const UserParams = Type.Object({ userid: id() });
export const ExternalParams = Type.Object({ partnername: text(100), externalid: text(500) });

export const Page = Type.Object({
  limit: Type.Integer({ minimum: 0, maximum: 200, default: 200 }),
  offset: Type.Integer({ minimum: 0, maximum: 1_000_000, default: 0 }),
});
