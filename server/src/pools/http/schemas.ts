import { Type } from 'typebox';
import { id, moment, named, nullable, oneOf, readOnly, text } from '../../platform/http/schema.ts';
import { PoolType } from '../pool-types/http/schemas.ts';

const opt = Type.Optional;
const name = () => text(200, { minLength: 1 });
const grantees = () => opt(Type.Array(id(), { maxItems: 500 }));
const ignored = () => opt(readOnly(Type.Unknown()));

const said = {
  description: opt(nullable(text(20_000))),
  visibility: opt(oneOf(['public', 'private'])),
  owner: opt(nullable(id())),
  poolType: opt(
    nullable(
      Type.Object({
        id: id(),
        companyId: ignored(),
        name: ignored(),
        description: ignored(),
        createdAt: ignored(),
        steps: ignored(),
      }),
    ),
  ),
  shares: opt(Type.Object({ users: grantees(), teams: grantees() })),
  id: opt(readOnly(id())),
  contactCount: opt(readOnly(Type.Integer())),
  createdAt: opt(readOnly(moment())),
  updatedAt: opt(readOnly(moment())),
};
export const NewPool = named('NewPool', Type.Object({ name: name(), ...said }));
export const PoolChange = named('PoolChange', Type.Object({ name: opt(name()), ...said }));

export const Pool = named(
  'Pool',
  Type.Object({
    id: id(),
    name: Type.String(),
    description: opt(Type.String()),
    visibility: oneOf(['public', 'private']),
    owner: opt(id()),
    poolType: opt(PoolType),
    shares: Type.Object({ users: Type.Array(id()), teams: Type.Array(id()) }),
    contactCount: Type.Integer({ description: 'Those that the reader sees.' }),
    createdAt: moment(),
    updatedAt: moment(),
  }),
);
export const Pools = named('Pools', Type.Object({ pools: Type.Array(Pool), totalCount: Type.Integer() }));

export const PoolStep = named(
  'PoolStep',
  Type.Object({ id: Type.String(), value: Type.String(), addedToStepAt: moment() }),
);
export const StepInput = named(
  'PoolStepInput',
  Type.Object({ id: text(100, { minLength: 1 }), value: ignored(), addedToStepAt: ignored() }),
);

export const AddedContacts = named(
  'AddedContacts',
  Type.Object({
    id: opt(id()),
    ids: opt(Type.Array(id(), { minItems: 1, maxItems: 1000 })),
  }),
);

export const PoolContacts = named(
  'PoolContacts',
  Type.Object({
    contacts: Type.Array(
      named(
        'PoolContact',
        Type.Object({
          id: id(),
          fullName: opt(Type.String()),
          primaryEmail: opt(Type.String()),
          date: moment(),
          step: opt(PoolStep),
        }),
      ),
    ),
    totalCount: Type.Integer(),
  }),
);

export const ContactPools = named(
  'ContactPools',
  Type.Object({
    metadata: Type.Object({ totalCount: Type.Integer() }),
    pools: Type.Array(
      named(
        'ContactPool',
        Type.Object({
          id: id(),
          value: Type.String({ description: 'The name.' }),
          date: moment(),
          owner: opt(id()),
          poolType: opt(PoolType),
          step: opt(PoolStep),
        }),
      ),
    ),
  }),
);

const skipping = {
  skip: Type.Integer({ minimum: 0, maximum: 1_000_000, default: 0 }),
  limit: Type.Integer({ minimum: 0, maximum: 200, default: 50 }),
};
const queryString = opt(
  text(200, { description: 'A part of the name, without regard to case and accents.' }),
);
export const PoolsQuery = Type.Object({
  limit: Type.Integer({ minimum: 0, maximum: 200, default: 200 }),
  offset: Type.Integer({ minimum: 0, maximum: 1_000_000, default: 0 }),
  queryString,
});
export const PoolContactsQuery = Type.Object({
  ...skipping,
  step: opt(text(100, { description: 'The id of a step.' })),
});
export const ContactPoolsQuery = Type.Object({ ...skipping, queryString });

export const PoolParams = Type.Object({ poolid: id() });
export const MemberParams = Type.Object({ poolid: id(), contactid: id() });
