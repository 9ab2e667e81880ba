import type { Language } from '../../../platform/http/language.ts';
import type { Mistakes, Question } from '../registration.ts';
import { REGISTRATION_TEXTS } from './registration-texts.ts';

/** What is wrong, in words, by what it is about, in the order of the form. */
export function mistakeTexts(
  mistakes: Mistakes,
  questions: readonly Question[],
  language: Language,
): Map<string, string> {
  const texts = REGISTRATION_TEXTS[language].mistakes;
  const missing: Record<string, string> = {
    name: texts.name,
    email: texts.emailMissing,
    consent: texts.consent,
  };
  const told = new Map<string, string>();
  for (const key of ['name', 'email', 'phone', ...questions.map(({ id }) => id), 'consent']) {
    const mistake = Object.hasOwn(mistakes, key) ? mistakes[key] : undefined;
    if (mistake === undefined) continue;
    const question = questions.find(({ id }) => id === key);
    const typed = !question || ['text', 'number', 'date'].includes(question.type);
    const nothing = missing[key] ?? (typed ? texts.missing : texts.choice);
    told.set(key, mistake === 'missing' ? nothing : texts[mistake]);
  }
  return told;
}
