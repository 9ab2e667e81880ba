import { Type } from 'typebox';
import { id, moment, named, nullable, readOnly, text } from '../../../platform/http/schema.ts';

const opt = Type.Optional;
const name = () => text(200, { minLength: 1 });

export const Steps = named(
  'PoolTypeSteps',
  Type.Object({
    sequential: Type.Boolean({ description: 'No step may be skipped.' }),
    values: Type.Array(named('PoolTypeStep', Type.Object({ id: Type.String(), name: Type.String() }))),
  }),
);

export const PoolType = named(
  'PoolType',
  Type.Object({
    id: id(),
    companyId: Type.String(),
    name: Type.String(),
    description: opt(Type.String()),
    createdAt: moment(),
    steps: Steps,
  }),
);

export const PoolTypes = named(
  'PoolTypes',
  Type.Object({ poolTypes: Type.Array(PoolType), totalCount: Type.Integer() }),
);

const said = {
  description: opt(nullable(text(20_000))),
  steps: opt(
    Type.Object({
      sequential: opt(Type.Boolean()),
      values: opt(
        Type.Array(Type.Object({ id: opt(text(100, { minLength: 1 })), name: name() }), { maxItems: 100 }),
      ),
    }),
  ),
  id: opt(readOnly(id())),
  companyId: opt(readOnly(Type.String())),
  createdAt: opt(readOnly(moment())),
};
export const NewPoolType = named('NewPoolType', Type.Object({ name: name(), ...said }));
export const PoolTypeChange = named('PoolTypeChange', Type.Object({ name: opt(name()), ...said }));
export const PoolTypeParams = Type.Object({ pooltypeid: id() });
