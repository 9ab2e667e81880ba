import { allows } from '../identity/permissions.ts';
import type { Ctx } from '../identity/verbs.ts';
import { invalid } from '../platform/problem.ts';
import { isUuid, uuidv7 } from '../platform/uuid.ts';
import type { Resolved } from './change-contact.ts';
import type { Entry } from './contact.ts';
import type { ContactInput } from './contact-input.ts';
import { customFieldEntry } from './custom-field-values.ts';
import { seesCustomField } from './custom-fields/custom-field.ts';
import {
  entryOf,
  findFields,
  findStatuses,
  findTags,
  findTeamIds,
  findUserIds,
  makeTags,
  type NamedEntry,
} from './reference-store.ts';

type Named = { id?: string | null; value?: string | null };

/**
 * Looks up, in one go, everything the input refers to: custom fields, tags, the status, users, teams. Throws a 400
 * that names the first thing that does not exist. A tag that is named by an unknown value is made, if the actor may
 * write settings.
 */
export async function resolveReferences(ctx: Ctx, input: ContactInput): Promise<Resolved> {
  const [customFields, globalTags, status] = await Promise.all([
    resolveCustomFields(ctx, input),
    resolveTags(ctx, input),
    resolveStatus(ctx, input),
    requireUsers(ctx, input),
    requireTeams(ctx, input),
  ]);
  return {
    ...(customFields ? { customFields } : {}),
    ...(globalTags ? { globalTags } : {}),
    ...(status === undefined ? {} : { status }),
  };
}

/** Whether the input names no other record: nothing that would have to be looked up, nor held while it is named. */
export function refersToNothing(input: ContactInput): boolean {
  return REFERRING.every((field) => input[field] === undefined);
}

const REFERRING = [
  ...(['customFields', 'globalTags', 'status', 'assignedTo', 'sourcedBy', 'confidentiality'] as const),
  ...(['lists', 'vacancies'] as const),
] satisfies (keyof ContactInput)[];

async function resolveCustomFields({ sql, actor }: Ctx, { customFields }: ContactInput) {
  if (customFields === undefined) return undefined;
  const given = customFields ?? [];
  const definitions = await findFields(sql, actor.companyId, ids(given));
  const seen = new Set<string>();
  return given.flatMap((input, index) => {
    const path = `customFields[${index}]`;
    const id = input.id.toLowerCase();
    const definition = definitions.find((one) => one.id === id);
    if (!definition || !seesCustomField(actor, definition.visibleTo))
      throw invalid(
        `${path}.id`,
        'must be the id of a custom field; GET /v1/contact/customfields lists them',
      );
    if (seen.has(id)) throw invalid(`${path}.id`, 'must not name one field twice');
    seen.add(id);
    const entry = customFieldEntry(definition, input, path);
    return entry ? [entry] : [];
  });
}

async function resolveTags(ctx: Ctx, { globalTags }: ContactInput): Promise<Entry[] | undefined> {
  if (globalTags === undefined) return undefined;
  const given = globalTags ?? [];
  const known = await findTags(ctx.sql, ctx.actor.companyId, ids(given), values(given));
  const unknown = given.flatMap((tag, index) => {
    if (pick(known, tag)) return [];
    const path = `globalTags[${index}]`;
    const value = tag.value?.trim();
    if (tag.id) throw invalid(`${path}.id`, 'must be the id of a tag; GET /v1/globaltags lists them');
    if (!value) throw invalid(path, 'must have the id or the value of a tag');
    if (!allows(ctx.actor.rights, 'settings.write')) {
      throw invalid(
        `${path}.value`,
        'must be a tag of the company; an admin can add one by POST /v1/globaltags',
      );
    }
    return [value];
  });
  const all = unknown.length > 0 ? [...known, ...(await madeTags(ctx, unknown))] : known;
  return given.map((tag) => pick(all, tag)!);
}

/** The tags that these values make; looked up in the same round trip, for two values may be one tag. */
async function madeTags({ sql, actor }: Ctx, values: string[]): Promise<NamedEntry[]> {
  const [, made] = await Promise.all([
    makeTags(
      sql,
      actor.companyId,
      values.map((value) => ({ id: uuidv7(), value })),
    ),
    findTags(sql, actor.companyId, [], values),
  ]);
  return made;
}

async function resolveStatus(
  { sql, actor }: Ctx,
  { status }: ContactInput,
): Promise<Entry | null | undefined> {
  if (!status) return status;
  const known = await findStatuses(sql, actor.companyId, ids([status]), values([status]));
  const found = pick(known, status);
  if (!found) {
    throw invalid(
      'status',
      "must be the id or the value of one of the company's statuses; GET /v1/statuses lists them",
    );
  }
  return found;
}

async function requireUsers({ sql, actor }: Ctx, input: ContactInput): Promise<void> {
  const named: [string, string][] = [
    ...(['assignedTo', 'sourcedBy'] as const).flatMap((field): [string, string][] => {
      const id = input[field];
      return typeof id === 'string' ? [[field, id]] : [];
    }),
    ...(input.confidentiality?.shares?.users ?? []).map((id, index): [string, string] => [
      `confidentiality.shares.users[${index}]`,
      id,
    ]),
  ];
  await requireAll(named, 'a user', (wanted) => findUserIds(sql, actor.companyId, wanted));
}

async function requireTeams({ sql, actor }: Ctx, input: ContactInput): Promise<void> {
  const named = (input.confidentiality?.shares?.teams ?? []).map((id, index): [string, string] => [
    `confidentiality.shares.teams[${index}]`,
    id,
  ]);
  await requireAll(named, 'a team', (wanted) => findTeamIds(sql, actor.companyId, wanted));
}

async function requireAll(
  named: [string, string][],
  what: string,
  find: (ids: string[]) => Promise<Set<string>>,
): Promise<void> {
  if (named.length === 0) return;
  const known = await find(named.map(([, id]) => id).filter(isUuid));
  const missing = named.find(([, id]) => !known.has(id.toLowerCase()));
  if (missing) throw invalid(missing[0], `must be the id of ${what}`);
}

/** An id outweighs a value that is sent along. */
function pick(known: NamedEntry[], { id, value }: Named): Entry | undefined {
  const wanted = value?.trim() ?? '';
  const found = known.find((entry) => (id ? entry.id === id.toLowerCase() : entry.asked === wanted));
  return found && entryOf(found);
}

function ids(named: readonly Pick<Named, 'id'>[]): string[] {
  return named.flatMap(({ id }) => (id && isUuid(id) ? [id] : []));
}

function values(named: Named[]): string[] {
  return named.flatMap(({ id, value }) => (!id && value?.trim() ? [value.trim()] : []));
}
