/** To a tenth. */
export function secondsSince(began: number): number {
  return Math.round((performance.now() - began) / 100) / 10;
}

const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'];

/** A size as people say it: '812 bytes', '1.4 GB'. */
export function spellSize(bytes: number): string {
  const step = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), UNITS.length - 1);
  return `${Math.round((bytes / 1000 ** step) * 10) / 10} ${UNITS[step]}`;
}

/** '1 file', '2 files'. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
