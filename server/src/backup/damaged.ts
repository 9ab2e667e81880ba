/** What is said of an archive that is not as it was written; nothing is taken from it. */
export function damaged(what: string, cause?: unknown): Error {
  return new Error(`The archive is damaged, or is no backup of Headwater: ${what}. Take another one.`, {
    cause,
  });
}
