import { Type } from 'typebox';
import { id, named, nullable, oneOf, readOnly, text } from '../../platform/http/schema.ts';
import { ACCOUNT_TYPES } from '../account-types.ts';
import { BOOLEAN_TEXTS, FORM_BOOLEANS, type FormBoolean, STATUSES } from '../customer.ts';
import type { PhotoInput } from '../photos/photos.ts';

const opt = Type.Optional;
const line = (most = 200) => opt(nullable(text(most)));
const ignored = () => opt(readOnly(Type.Unknown()));
const formBoolean = () =>
  Type.Unsafe<FormBoolean>({
    type: ['boolean', 'string'],
    enum: [...FORM_BOOLEANS],
    description: 'A boolean; in a form, as text.',
  });
const flag = () =>
  opt(Type.Unsafe<FormBoolean | null>({ ...formBoolean(), type: undefined, enum: [...FORM_BOOLEANS, null] }));
const reference = (description: string) => Type.String({ format: 'uri', description });

/** Larger than any photo as a data URI. */
const LONGEST_PHOTO = 16 * 1024 * 1024;
const writable = {
  first_name: line(),
  last_name: line(),
  position: line(),
  phone: line(50),
  gender: line(50),
  role: line(),
  preferred_language: line(20),
  receive_interview_notifications: flag(),
  seen_welcome: flag(),
  photo: opt(
    Type.Unsafe<PhotoInput>({
      type: ['string', 'object', 'null'],
      maxLength: LONGEST_PHOTO,
      description:
        'A data URI, or a file in multipart/form-data: JPEG, PNG or WebP to 10 MiB. Empty removes it.',
    }),
  ),
  resource_uri: ignored(),
  company: ignored(),
  user: ignored(),
  status: ignored(),
  confirmationdate: ignored(),
  invitationdate: ignored(),
  activation_key: ignored(),
  created_by: ignored(),
  projects: ignored(),
};
// As long as an email, which it is where nothing else was said.
const username = text(254, { minLength: 1 });
const email = () => Type.String({ format: 'email', maxLength: 254 });
const accountType = oneOf(ACCOUNT_TYPES);

export const NewCustomer = named(
  'NewCustomer',
  Type.Object({
    ...writable,
    email: email(),
    account_type: accountType,
    username: opt(username),
    is_active: opt(readOnly(formBoolean())),
  }),
);
export const CustomerChange = named(
  'CustomerChange',
  Type.Object({
    ...writable,
    email: opt(email()),
    account_type: opt(accountType),
    username: opt(username),
    is_active: opt(formBoolean()),
  }),
);

export const Customer = named(
  'Customer',
  Type.Object({
    resource_uri: reference('This customer.'),
    company: reference('Its company.'),
    user: reference('The account behind it.'),
    username: Type.String(),
    email: Type.String(),
    account_type: accountType,
    status: oneOf(STATUSES),
    is_active: Type.Boolean(),
    first_name: Type.String(),
    last_name: Type.String(),
    gender: Type.String(),
    position: nullable(Type.String()),
    phone: Type.String(),
    role: Type.String(),
    preferred_language: Type.String(),
    receive_interview_notifications: Type.Boolean(),
    seen_welcome: Type.Boolean(),
    photo: Type.String({ description: 'An address for this session; empty without a photo.' }),
    invitationdate: nullable(Type.String({ format: 'date-time' })),
    confirmationdate: nullable(Type.String({ format: 'date-time' })),
    created_by: nullable(reference('The account of who made it.')),
    projects: reference('Its projects.'),
    activation_key: opt(
      Type.String({ description: 'Names the invitation in force. For owners and admins.' }),
    ),
  }),
);
export const CustomUser = named(
  'CustomUser',
  Type.Object({
    resource_uri: reference('This account.'),
    username: Type.String(),
    email: Type.String(),
    first_name: Type.String(),
    last_name: Type.String(),
    is_active: Type.Boolean(),
    customer: reference('Its customer.'),
  }),
);
export const Company = named(
  'Company',
  Type.Object({
    resource_uri: reference('This company.'),
    id: Type.Integer(),
    identifier: Type.String(),
    name: Type.String(),
    timezone: Type.String(),
    customers: reference('Its customers.'),
  }),
);

const Meta = Type.Object({
  total_count: Type.Integer(),
  previous: nullable(Type.String()),
  next: nullable(Type.String()),
});
export const Customers = named('Customers', Type.Object({ meta: Meta, objects: Type.Array(Customer) }));
export const Projects = named('Projects', Type.Object({ meta: Meta, objects: Type.Array(Type.Unknown()) }));

export const Credentials = named(
  'Credentials',
  Type.Object({
    username: Type.String({ minLength: 1, maxLength: 254, description: 'Or the email.' }),
    password: Type.String({ minLength: 1, maxLength: 1_000 }),
    company: Type.String({ minLength: 1, maxLength: 100, description: 'The identifier.' }),
    extended_expiration_period: opt(
      nullable(
        Type.Integer({ minimum: 1, maximum: 30, description: 'Days; without it a day after the last use.' }),
      ),
    ),
  }),
);
export const Token = named('CustomerToken', Type.Object({ token: Type.String() }));

export const CompanyParams = Type.Object({ companyId: id() });
export const CustomerParams = Type.Object({ companyId: id(), customerId: id() });
export const PhotoParams = Type.Object({ companyId: id(), customerId: id(), token: Type.String() });
export const CustomersQuery = Type.Object({
  limit: Type.Integer({ minimum: 0, maximum: 1_000, default: 20 }),
  offset: Type.Integer({ minimum: 0, maximum: 2_147_483_647, default: 0 }),
  username: opt(text(254)),
  email: opt(text(254)),
  account_type: opt(oneOf(ACCOUNT_TYPES)),
  status: opt(oneOf(STATUSES)),
  is_active: opt(oneOf(BOOLEAN_TEXTS)),
  order_by: opt(text(100)),
});
export const Reinvited = named('Reinvited', Type.Object({ detail: Type.String() }));
