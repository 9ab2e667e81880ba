import type pg from 'pg';
import type { Files } from '../platform/files/files.ts';
import type { ArchiveWriter } from './archive-writer.ts';
import type { Table } from './catalog.ts';
import { sha256Of } from './copy-digest.ts';
import type { ArchivedFile, End } from './format.ts';
import { namedFiles } from './named-files.ts';
import { beginSnapshot } from './snapshot.ts';

/**
 * Begins the snapshot, with every file that its rows name in the archive.
 *
 * A file is there before its row is, and goes after it. So one that cannot be read although a row of the snapshot names
 * it was removed a moment ago, row and all: a later snapshot does not name it any more, and is taken instead. What a
 * later one still names was lost before.
 */
export async function beginSnapshotWithFiles(
  client: pg.Client,
  files: Pick<Files, 'read'> | undefined,
  archive: ArchiveWriter,
): Promise<{ tables: Table[] } & Pick<End, 'files' | 'missing' | 'elsewhere'>> {
  const archived = new Map<string, Omit<ArchivedFile, 'named'>>();
  const missing = new Set<string>();
  for (;;) {
    const tables = await beginSnapshot(client);
    const named = await namedFiles(client, tables);
    if (!files) return { tables, files: [], missing: 0, elsewhere: named.length };
    const gone: string[] = [];
    for (const { key, type } of named.filter((file) => !archived.has(file.key))) {
      const bytes = await files.read(key);
      if (bytes) {
        await archive.add({ kind: 'file', key }, [bytes]);
        archived.set(key, { key, type, bytes: bytes.length, sha256: sha256Of(bytes) });
      } else gone.push(key);
    }
    if (gone.every((key) => missing.has(key))) {
      const keys = new Set(named.map(({ key }) => key));
      const all = [...archived.values()].map((file) => ({ ...file, named: keys.has(file.key) }));
      return { tables, files: all, missing: gone.length, elsewhere: 0 };
    }
    for (const key of gone) missing.add(key);
    await client.query('rollback');
  }
}
