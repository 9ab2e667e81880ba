import { randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Disk } from 'flydrive';
import { FSDriver } from 'flydrive/drivers/fs';

/** The files in a folder of this machine, which is made with the first of them. */
export function folderDisk(folder: string): Disk {
  return new Disk(new PrivateFolder({ location: folder, visibility: 'private' }));
}

/** A file is there whole or not at all, for a reader and after a crash, and is this server's alone. */
class PrivateFolder extends FSDriver {
  override async put(key: string, bytes: string | Uint8Array): Promise<void> {
    const location = path.join(String(this.options.location), key);
    const temporary = `${location}.${randomBytes(6).toString('hex')}`;
    await mkdir(path.dirname(location), { recursive: true, mode: 0o700 });
    try {
      const file = await open(temporary, 'wx', 0o600);
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(temporary, location);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  }
}
