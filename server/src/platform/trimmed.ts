import { invalid } from './problem.ts';

/** A name without the blanks around it; a 400 about `path` where nothing is left. */
export function trimmed(path: string, text: string): string {
  const kept = text.trim();
  if (kept === '') throw invalid(path, 'must not be empty');
  return kept;
}
