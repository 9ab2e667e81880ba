import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { ACCOUNT_TYPES, type AccountType } from '../../src/customers/account-types.ts';
import { blackPng } from '../../src/platform/images/fixtures/pictures.ts';
import type { AppRoute } from '../app-routes.ts';
import { PASSWORD, type TestCompany, type TestServer } from '../harness.ts';
import { choosePassword, followed, invitationOf, newCustomer, numberOf, ownerOf } from '../suite.ts';
import { type Known, type Shape, valuesOf } from './arbitraries.ts';
import { HOSTILE_TEXTS } from './hostile.ts';
import type { Ids } from './two-worlds.ts';

export const PICTURE = blackPng(3, 2);
const PHOTO = `data:image/png;base64,${PICTURE.toString('base64')}`;
const TYPES: AccountType[] = ['admin', 'recruiter', 'hiring-manager'];

/** A company's customers, the owner the first of them, with what leads to them; every text of theirs ends in `text`. */
export async function furnishedSuite(server: TestServer, company: TestCompany, text: string): Promise<Ids> {
  const owner = await ownerOf(server, company);
  const slug = text.toLowerCase();
  const customers = [];
  for (let index = 0; index < 8; index++) {
    const made = await newCustomer(
      company,
      {
        email: `customer${index}@${slug}.example`,
        username: `Customer ${index} ${text}`,
        account_type: TYPES[index % 3],
        first_name: `First ${text}`,
        last_name: `Last ${text}`,
        position: `Position ${text}`,
        phone: `+49 ${index} ${text}`,
        gender: `Gender ${text}`,
        role: `Role ${text}`,
        photo: index % 2 === 0 ? PHOTO : '',
      },
      owner,
    );
    customers.push(made);
  }
  const links = await Promise.all(customers.map(({ email }) => invitationOf(company, email)));
  // One who signs in; the others have their invitations before them.
  await choosePassword(server, links[0]!);
  const photos = customers.map(({ photo }) => photo).filter(Boolean);
  return {
    companyId: [String(company.id)],
    identifier: [company.identifier],
    customerId: ['1', ...customers.map((customer) => String(numberOf(customer)))],
    customUserId: ['1', ...customers.map((customer) => String(numberOf(customer)))],
    username: customers.map(({ username }) => username),
    customerEmail: customers.map(({ email }) => email),
    session: [owner.token],
    invitation: links.map((link) => link.split('/').at(-1)!),
    photoPath: photos.map(followed),
    photo: photos.map((photo) => photo.split('/').at(-2)),
    activationKey: customers.map(({ activation_key }) => activation_key),
  };
}

const mostly = (usual: fc.Arbitrary<unknown>, ...seldom: unknown[]) =>
  fc.oneof({ weight: 15, arbitrary: usual }, { weight: 1, arbitrary: fc.constantFrom(...seldom) });
const texts = (longest: number) =>
  fc.constantFrom(...HOSTILE_TEXTS.filter(({ length }) => length <= longest));
const fresh = (make: (id: string, text: string) => string) =>
  fc.tuple(fc.uuid(), texts(50)).map(([id, text]) => make(id, text));

/** Bodies for the routes under /api/v3, such that most are taken. */
export function suiteBodies(route: AppRoute, ours: Ids, theirs: Ids): fc.Arbitrary<unknown> {
  if (route.path.endsWith('/api-token-auth/')) return credentials(ours, theirs);
  if (route.path.endsWith('/batch-import/')) return lists(ours, theirs);
  const isNew = route.method === 'POST';
  const known: Known = {
    email: mostly(
      fc.oneof(
        { weight: 3, arbitrary: fresh((id) => `Fuzz.${id}@Example.org`) },
        // Of users, too: a second face.
        fc.integer({ min: 0, max: 30 }).map((number) => `Person.${number}@Fuzz.example`),
      ),
      ours.customerEmail![1],
      theirs.customerEmail![0],
      "o'hara+tag@x.example",
      'no email',
    ),
    account_type: mostly(fc.constantFrom(...TYPES), 'owner'),
    username: mostly(
      fresh((id, text) => `${id} ${text}`),
      ours.username![1],
      ours.customerEmail![2],
    ),
    photo: mostly(
      fc.constantFrom(PHOTO, '', null),
      'data:image/png;base64,AAAA',
      `http://x.example${ours.photoPath![0]}`,
      '../../../../etc/passwd',
    ),
    preferred_language: fc.constantFrom('en', 'de', 'de-CH', 'tlh', '', null),
  };
  return valuesOf(route.body as Shape, known).map((body) => {
    const { username, account_type, ...more } = body as Record<string, unknown>;
    if (isNew) return body;
    // The one never changes, the other not of oneself.
    return { ...more, ...(account_type === 'recruiter' ? { account_type } : {}), ...wrongName(username) };
  });
}

/** A few changes try another username all the same. */
const wrongName = (username: unknown) =>
  typeof username === 'string' && username.startsWith('0') ? { username } : {};

function credentials(ours: Ids, theirs: Ids): fc.Arbitrary<object> {
  return fc.record(
    {
      username: mostly(fc.constantFrom(ours.username![0], ours.customerEmail![0]), ...theirs.username!, ' '),
      password: mostly(fc.constant(PASSWORD), ...HOSTILE_TEXTS),
      company: mostly(fc.constant(ours.identifier![0]), theirs.identifier![0], ...HOSTILE_TEXTS),
      extended_expiration_period: mostly(fc.constantFrom(1, 30, null), 0, 31),
    },
    { requiredKeys: ['username', 'password', 'company'] },
  );
}

/** Lists of customers, some of whom are there already. */
function lists(ours: Ids, theirs: Ids): fc.Arbitrary<object[]> {
  const line = fc.oneof(texts(50), fc.constantFrom('', null));
  const more = fc.record(
    { first_name: line, last_name: line, gender: line, position: line },
    { requiredKeys: [] },
  );
  const newcomer = fc
    .tuple(fc.uuid(), texts(50), fc.constantFrom(...TYPES))
    .map(([id, text, account_type]) => ({
      username: `New ${id} ${text}`,
      email: `New.${id}@Import.example`,
      account_type,
    }));
  const known = fc.integer({ min: 0, max: 7 }).map((index) => ({
    username: ours.username![index]!,
    email: ours.customerEmail![index]!,
    account_type: TYPES[index % 3]!,
  }));
  const refused = fc.constantFrom(
    { username: randomUUID(), email: theirs.customerEmail![0]!, account_type: 'recruiter' },
    { username: ours.username![2]!.toUpperCase(), email: 'no email', account_type: ACCOUNT_TYPES[0] },
  );
  const rows = (one: fc.Arbitrary<{ username: string }>) =>
    fc.array(fc.tuple(one, more), { minLength: 1, maxLength: 4 });
  // By the email, who is there may have another one by now.
  const byEmail = rows(newcomer).map((some) => ({ pk_attribute: 'email', some }));
  const byUsername = rows(
    fc.oneof(
      { weight: 9, arbitrary: newcomer },
      { weight: 9, arbitrary: known },
      { weight: 1, arbitrary: refused },
    ),
  ).map((some) => ({ pk_attribute: 'username', some }));
  return fc.oneof(byEmail, byUsername).map(({ pk_attribute, some }) => {
    const once = new Map(some.map(([row, said]) => [row.username, { pk_attribute, ...row, ...said }]));
    return [...once.values()];
  });
}
