import { Type } from 'typebox';
import { named, nullable, oneOf, text } from '../../../platform/http/schema.ts';
import { ACCOUNT_TYPES } from '../../account-types.ts';
import { PK_ATTRIBUTES } from '../given-list.ts';

const opt = Type.Optional;
const line = (most = 200) => opt(nullable(text(most)));

export const ImportedRow = named(
  'ImportedCustomer',
  Type.Object({
    pk_attribute: oneOf(PK_ATTRIBUTES),
    // As long as an email, which it is where nothing else was said.
    username: text(254, { minLength: 1 }),
    email: Type.String({ format: 'email', maxLength: 254 }),
    account_type: oneOf(ACCOUNT_TYPES),
    first_name: line(),
    last_name: line(),
    gender: line(50),
    position: line(),
  }),
);
export const MOST_ROWS = 20_000;
export const ImportedList = Type.Array(ImportedRow, { minItems: 1, maxItems: MOST_ROWS });

export const ImportQuery = Type.Object({
  dry_run: Type.Boolean({ default: false, description: 'Says what would happen, and changes nothing.' }),
});

const Part = Type.Object({
  count: Type.Integer(),
  objects: Type.Array(Type.String({ format: 'uri' }), {
    description: 'Their addresses; in a dry run, what would be created has none.',
  }),
});
export const ImportResult = named(
  'CustomerImport',
  Type.Object({ created: Part, reactivated: Part, deactivated: Part, unchanged: Part }),
);
