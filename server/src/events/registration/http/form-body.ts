import type { RegistrationForm } from '../registration.ts';

/** A field that people do not see: what fills it in is a program. */
export const TRAP = 'website';
const ANSWER = /^q\.([^.]+)(?:\.\d{1,4})?$/;

/** A form as a browser sends it: by the names of its fields. */
export type Sent = Readonly<Record<string, string>>;

/** The name of a question's field; of one of its options where several may be chosen. */
export function answerName(questionId: string, option?: number): string {
  return option === undefined ? `q.${questionId}` : `q.${questionId}.${option}`;
}

/** What was typed; a field that is missing is an empty one, and what was left empty is no answer. */
export function registrationForm(sent: Sent): RegistrationForm {
  const answers = new Map<string, string[]>();
  for (const [name, value] of Object.entries(sent)) {
    const id = ANSWER.exec(name)?.[1];
    if (id !== undefined && value !== '') answers.set(id, [...(answers.get(id) ?? []), value]);
  }
  return {
    name: typed(sent, 'name'),
    email: typed(sent, 'email'),
    phone: typed(sent, 'phone'),
    consent: typed(sent, 'consent') !== '',
    answers: Object.fromEntries(answers),
  };
}

export function typed(sent: Sent, name: string): string {
  return Object.hasOwn(sent, name) ? sent[name]! : '';
}
