import { type Static, Type } from 'typebox';
import { Check } from 'typebox/value';
import { isFileKey } from '../platform/files/file-key.ts';
import { damaged } from './damaged.ts';

/** Raised when an older Headwater could not read what a newer one writes. */
export const FORMAT = 1;

const sha256 = Type.String({ pattern: '^[0-9a-f]{64}$' });
const count = Type.Integer({ minimum: 0 });
const name = Type.String({ pattern: '^[a-z_][a-z0-9_]{0,62}$' });

/** The first entry: what wrote the archive. */
const Head = Type.Object({
  format: Type.Integer({ minimum: 1 }),
  headwater: Type.String({ maxLength: 100 }),
  postgres: Type.String({ maxLength: 200 }),
  madeAt: Type.String({ maxLength: 40 }),
});

/** What a table's rows, or a file, have to come to. `rows` are those of COPY's text form, one a line. */
const Digest = Type.Object({ rows: count, bytes: count, sha256 });

/** The last entry: all that the archive holds. An archive without it was cut off. */
const End = Type.Object({
  migrations: Type.Array(Type.Object({ name: Type.String({ maxLength: 200 }), digest: sha256 })),
  tables: Type.Array(
    Type.Object({
      name,
      columns: Type.Array(Type.String({ maxLength: 63 }), { minItems: 1 }),
      digest: Digest,
    }),
  ),
  sequences: Type.Array(
    Type.Object({ name, value: Type.String({ pattern: '^-?[0-9]+$' }), called: Type.Boolean() }),
  ),
  files: Type.Array(
    Type.Object({
      key: Type.String({ maxLength: 200 }),
      type: Type.String({ maxLength: 100 }),
      bytes: count,
      sha256,
      /** False for one whose row went while the backup was made. */
      named: Type.Boolean(),
    }),
  ),
  /** Files that rows name and that were not there to be read. */
  missing: count,
  /** Files that rows name and that stay in S3. */
  elsewhere: count,
  secret: Type.Union([sha256, Type.Null()]),
});

export type Head = Static<typeof Head>;
export type End = Static<typeof End>;
export type Digest = Static<typeof Digest>;
export type ArchivedFile = End['files'][number];
export type ArchivedTable = End['tables'][number];

export type EntryName =
  | { kind: 'head' | 'secret' | 'end' }
  | { kind: 'file'; key: string }
  | { kind: 'part'; table: string; number: number };

/** The kinds of entries in their order. Files come before rows: whether a snapshot will do is known once they are read. */
export const ORDER: readonly EntryName['kind'][] = ['head', 'file', 'secret', 'part', 'end'];

const SINGLE = { head: 'headwater-backup.json', secret: 'secret', end: 'end.json' } as const;
const PART = /^tables\/([a-z_][a-z0-9_]{0,62})\/(\d{6,9})$/;
const FILE = /^files\/(.+)$/;

export function spellEntryName(entry: EntryName): string {
  if (entry.kind === 'file') return `files/${entry.key}`;
  if (entry.kind === 'part') return `tables/${entry.table}/${String(entry.number).padStart(6, '0')}`;
  return SINGLE[entry.kind];
}

/** Undefined for a name that no backup has: an archive's names are believed in no other way. */
export function parseEntryName(text: string): EntryName | undefined {
  for (const kind of ['head', 'secret', 'end'] as const) if (text === SINGLE[kind]) return { kind };
  const part = PART.exec(text);
  if (part) return { kind: 'part', table: part[1]!, number: Number(part[2]) };
  const key = FILE.exec(text)?.[1];
  return key !== undefined && isFileKey(key) ? { kind: 'file', key } : undefined;
}

export function parseHead(bytes: Buffer): Head {
  const head = parsed(bytes);
  const { format } = (head ?? {}) as { format?: unknown };
  if (typeof format === 'number' && format > FORMAT) {
    throw new Error(
      `The archive has the format ${format}, and this Headwater reads up to ${FORMAT}. Restore it with the Headwater that made it.`,
    );
  }
  if (!Check(Head, head)) throw damaged('its first entry is not as it should be');
  return head;
}

export function parseEnd(bytes: Buffer): End {
  const end = parsed(bytes);
  if (!Check(End, end) || !end.files.every(({ key }) => isFileKey(key))) {
    throw damaged('its last entry is not as it should be');
  }
  return end;
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}
