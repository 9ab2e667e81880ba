/** Whether a path is one of the interview suite's, which answers errors in a shape of its own. */
export function isSuite(path: string): boolean {
  return path.startsWith('/api/v3');
}
