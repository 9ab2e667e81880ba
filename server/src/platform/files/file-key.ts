import { uuidv7 } from '../uuid.ts';

const KEY = /^companies\/[1-9]\d{0,9}\/[a-z]{1,40}\/[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/** Where a new file of a company goes. No key is used twice: a file under it never changes. */
export function newFileKey(companyId: number, kind: 'photos'): string {
  return `companies/${companyId}/${kind}/${uuidv7()}`;
}

/** Whether a key is one that this server makes; all others are refused, wherever they come from. */
export function isFileKey(key: string): boolean {
  return KEY.test(key);
}
