import type { Answer } from '../harness.ts';

type Body = Answer['body'];

const TEXTS = ['first_name', 'last_name', 'position', 'phone', 'gender', 'role'];
const FLAGS = { receive_interview_notifications: true, seen_welcome: false };
/** Emails that users of /v1 have, too. */
const USERS_TOO = /^(?:Person\.\d+|o'hara\+tag)@/i;
const NEVER_CHANGED = ['resource_uri', 'company', 'user', 'username', 'created_by', 'projects'];

/**
 * Where a customer that was answered is not what was sent: texts without the blanks around them, null as none, booleans
 * whether they came as text or not, the email in its spelling. `before` is the customer that was changed.
 */
export function customerChanges(sent: Body, got: Body, before?: Body): string[] {
  const expected: Record<string, unknown> = {};
  const given = (name: string) => Object.hasOwn(sent, name);
  for (const name of TEXTS) if (given(name)) expected[name] = (sent[name] ?? '').trim();
  // A second face: where nothing is said of the person, the account knows it.
  if (!before && USERS_TOO.test(sent.email)) {
    for (const name of ['first_name', 'last_name', 'position']) if (!expected[name]) delete expected[name];
  }
  if (given('preferred_language')) expected.preferred_language = sent.preferred_language?.trim() || 'en';
  for (const [name, usual] of Object.entries(FLAGS)) {
    if (given(name)) expected[name] = isTrue(sent[name] ?? usual);
  }
  if (given('account_type')) expected.account_type = sent.account_type;
  if (before) {
    for (const name of NEVER_CHANGED) expected[name] = before[name];
    expected.confirmationdate = before.confirmationdate;
    expected.email = given('email') ? sent.email.trim() : before.email;
    expected.is_active = given('is_active') ? isTrue(sent.is_active) : before.is_active;
  } else {
    // An account that is there keeps its spelling.
    const email = sent.email.trim();
    const same = USERS_TOO.test(email) && got.email.toLowerCase() === email.toLowerCase();
    expected.email = same ? got.email : email;
    expected.username = sent.username?.trim() || expected.email;
    expected.is_active = true;
    expected.status = 'invited';
    expected.confirmationdate = null;
  }
  const wrong = Object.entries(expected)
    .filter(([name, value]) => (got[name] ?? '') !== (value ?? ''))
    .map(([name, value]) => `${name}: ${show(value)} expected, got ${show(got[name])}`);
  if (given('photo') && !isPhoto(sent.photo, got)) {
    wrong.push(`photo: sent ${show(sent.photo)}, got ${show(got.photo)}`);
  }
  return wrong;
}

function isPhoto(sent: string | null, { photo, resource_uri }: Body): boolean {
  if (sent === null || sent === '') return photo === '';
  return photo.startsWith(`${resource_uri}photo/`) && photo.length > resource_uri.length + 20;
}

const isTrue = (value: unknown) => [true, 'true', 'True', '1'].includes(value as never);
const show = (value: unknown) => JSON.stringify(value)?.slice(0, 200);

/**
 * Where an import is not what its list says: everyone listed is counted once, whoever is new is as the row says, and the
 * same list again changes nothing.
 */
export async function importChanges(
  rows: Body[],
  got: Body,
  { read, again }: { read: (uri: string) => Promise<Body>; again: () => Promise<Body> },
): Promise<string[]> {
  const fresh = rows.filter(({ username }) => username.startsWith('New '));
  const wrong: string[] = [];
  if (got.created.objects.length !== fresh.length) wrong.push(`created: ${show(got.created)}`);
  const listed = (answer: Body) => answer.created.count + answer.reactivated.count + answer.unchanged.count;
  if (listed(got) !== rows.length) wrong.push(`of ${rows.length} rows: ${show(got)}`);
  for (const [index, uri] of got.created.objects.entries()) {
    const { pk_attribute: _, ...row } = fresh[index]!;
    wrong.push(...customerChanges(row, await read(uri)));
  }
  const repeated = await again();
  const { created, reactivated, deactivated, unchanged } = repeated;
  if (created.count + reactivated.count + deactivated.count > 0 || unchanged.count !== rows.length) {
    wrong.push(`again: ${show(repeated)}`);
  }
  return wrong;
}
