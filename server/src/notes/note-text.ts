import { invalid } from '../platform/problem.ts';

/** A note's text as it came; a 400 where it is nothing but blanks. */
export function noteText(text: string): string {
  if (text.trim() === '') throw invalid('text', 'must not be empty');
  return text;
}
