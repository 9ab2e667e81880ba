import { readArchive } from './archive-reader.ts';
import { CopyDigest, isSame, sha256Of } from './copy-digest.ts';
import { damaged } from './damaged.ts';
import type { ArchivedTable, Digest, End, Head } from './format.ts';

/** What an archive says of itself, all of which was found to be so. */
export interface Archive {
  head: Head;
  end: End;
}

/** Reads the whole archive and holds every count and checksum against what is there. Changes nothing. */
export async function checkArchive(file: string, signal?: AbortSignal): Promise<Archive> {
  const tables: { name: string; digest: Digest }[] = [];
  const files = new Map<string, string>();
  let secret: string | null = null;
  let head: Head | undefined;
  let end: End | undefined;
  for await (const item of readArchive(file, signal)) {
    if (item.kind === 'head') head = item.head;
    if (item.kind === 'end') end = item.end;
    if (item.kind === 'secret') secret = sha256Of(item.bytes);
    if (item.kind === 'file') {
      if (files.has(item.key)) throw damaged(`it has the file ${item.key} twice`);
      files.set(item.key, sha256Of(item.bytes));
    }
    if (item.kind === 'table') tables.push({ name: item.table, digest: await digestOf(item.chunks) });
  }
  if (!head || !end) throw damaged('it was cut off');
  compareTables(end.tables, tables);
  compareFiles(end.files, files);
  if (secret !== end.secret) throw damaged('the secret is not what was written');
  return { head, end };
}

export async function digestOf(chunks: AsyncIterable<Buffer>): Promise<Digest> {
  const digest = new CopyDigest();
  for await (const chunk of chunks) digest.add(chunk);
  return digest.done();
}

/** The tables that have rows have to be there each, in this order, with nothing else between. */
function compareTables(wanted: ArchivedTable[], found: { name: string; digest: Digest }[]): void {
  const names = wanted.map(({ name }) => name);
  if (new Set(names).size < names.length) throw damaged('it names a table twice');
  const filled = wanted.filter(({ digest }) => digest.bytes > 0);
  for (const [at, { name, digest }] of filled.entries()) {
    const table = found[at];
    if (table?.name !== name) throw damaged(`the table ${name} is not in its place`);
    if (!isSame(table.digest, digest))
      throw damaged(`the rows of the table ${name} are not what was written`);
  }
  const more = found[filled.length];
  if (more) throw damaged(`the table ${more.name} was added to it`);
}

function compareFiles(wanted: End['files'], found: Map<string, string>): void {
  for (const { key, sha256 } of wanted) {
    if (found.get(key) !== sha256) throw damaged(`the file ${key} is not what was written`);
  }
  if (found.size !== wanted.length) throw damaged('a file was added to it');
}
