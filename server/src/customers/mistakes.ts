import { Problem } from '../platform/problem.ts';
import { type AccountType, isAbove, typesBelow } from './account-types.ts';

/** Sentences by field, as /api/v3 answers them: all at once. */
export class Mistakes {
  readonly #fields: Record<string, string[]> = {};

  add(field: string, sentence: string): void {
    this.#fields[field] = [...(this.#fields[field] ?? []), sentence];
  }

  get found(): boolean {
    return Object.keys(this.#fields).length > 0;
  }

  /** The same, to be answered beside others. */
  get fields(): Record<string, string[]> {
    return this.#fields;
  }

  /** A 400 with all of them, where there are any. */
  raise(): void {
    if (this.found) throw new Problem(400, 'the body has mistakes', { fields: this.#fields });
  }
}

/** Why an account of this type cannot be made by one of another; undefined where it can. */
export function typeMistake(by: AccountType, type: AccountType): string | undefined {
  if (isAbove(by, type)) return undefined;
  const below = typesBelow(by);
  return below.length === 0
    ? 'No account type is below your own.'
    : `Must be below your own: ${below.join(', ')}.`;
}

export const EMAIL_TAKEN = 'This email is already in use.';
export const USERNAME_TAKEN = 'This username is already in use.';
