import { stat } from 'node:fs/promises';
import path from 'node:path';

/** Root could write everywhere, and what it makes in another user's folder would not be that user's. */
export async function requireOwnFolder(dataDir: string, user = process.getuid?.()): Promise<void> {
  if (user !== 0) return;
  for (let folder = dataDir; ; folder = path.dirname(folder)) {
    const there = await stat(folder).catch(() => undefined);
    if (!there && folder !== path.dirname(folder)) continue;
    if (there && there.uid !== 0) {
      throw new Error(
        `${folder} belongs to user ${there.uid}. Restore as that user, who is to run the server: ` +
          'runuser -u <name> -- node bin/headwater.mjs restore <file>.',
      );
    }
    return;
  }
}
