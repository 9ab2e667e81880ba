import type { Language } from '../../platform/http/language.ts';

/** What is kept of a failure is English; these are all the ways in which sending one mail fails. */
const GERMAN: readonly [RegExp, string][] = [
  [/^the mail server answered (\d+) to (.+)$/, 'der Mailserver hat auf $2 mit $1 geantwortet'],
  [/^no answer from the mail server \((.+)\)$/, 'keine Antwort vom Mailserver ($1)'],
  [/^the mail server cannot take this address$/, 'der Mailserver kann diese Adresse nicht annehmen'],
  [/^not an address that mail goes to$/, 'keine Adresse, an die Mails gehen'],
  [/^interrupted too often$/, 'zu oft unterbrochen'],
];

/** Why an attempt failed, in a reader's language; what has no other words stays as it is. */
export function reasonInWords(error: string, language: Language): string {
  if (language === 'en') return error;
  const [pattern, words] = GERMAN.find(([known]) => known.test(error)) ?? [];
  return pattern ? error.replace(pattern, words!) : error;
}
