import type { Confidentiality, Contact } from './contact.ts';
import type { ContactInput } from './contact-input.ts';

type Privacy = Pick<Contact, 'confidential' | 'confidentiality'>;

export const OPEN_TO_CONFIDENTIALS: Confidentiality = {
  mode: 'all-confidentials',
  shares: { teams: [], users: [] },
};

/**
 * Flag and shares after a change: shares make a contact confidential, and what is no longer confidential has no
 * shares (docs/wire-rulings.md section 4).
 */
export function changedConfidentiality(before: Privacy, input: ContactInput): Privacy {
  const given = input.confidentiality;
  const asked: Confidentiality =
    given === undefined
      ? before.confidentiality
      : given?.mode === 'shares-only' || (given?.mode === undefined && given?.shares)
        ? sharesOnly(given?.shares)
        : OPEN_TO_CONFIDENTIALS;
  const shares = given !== undefined && asked.mode === 'shares-only';
  if (!shares && (input.confidential === false || input.confidential === null)) {
    return { confidential: false, confidentiality: OPEN_TO_CONFIDENTIALS };
  }
  return {
    confidential: asked.mode === 'shares-only' || (input.confidential ?? before.confidential),
    confidentiality: asked,
  };
}

export function sharesOnly(shares: { teams?: string[]; users?: string[] } | undefined): Confidentiality {
  const ids = (given: string[] = []) => [...new Set(given.map((id) => id.toLowerCase()))];
  return { mode: 'shares-only', shares: { teams: ids(shares?.teams), users: ids(shares?.users) } };
}

export function sameConfidentiality(a: Confidentiality, b: Confidentiality): boolean {
  const text = ({ mode, shares }: Confidentiality) =>
    JSON.stringify([mode, shares.teams.toSorted(), shares.users.toSorted()]);
  return text(a) === text(b);
}
