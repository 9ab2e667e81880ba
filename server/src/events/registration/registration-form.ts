import { isEmailAddress } from '../../platform/email-address.ts';
import type { EventField } from '../custom-fields/field.ts';
import { type FieldValue, readValue } from '../custom-fields/field-value.ts';
import type { Mistake, Mistakes, RegistrationForm } from './registration.ts';

const LONGEST_NAME = 200;
/** As many as a contact's names have room for, and two less. */
const MOST_WORDS = 20;
const LONGEST_PHONE = 50;

/** A form whose fields fit, without blanks around them. */
export interface Registrant {
  name: string;
  email: string;
  phone: string | undefined;
  answers: { field: EventField; value: FieldValue }[];
}

/** What is wrong with a form, or what it says. */
export function checkedForm(
  form: RegistrationForm,
  questions: readonly EventField[],
): { mistakes: Mistakes } | { registrant: Registrant } {
  const name = tidyName(form.name);
  const email = form.email.trim();
  const phone = form.phone.trim();
  const answers: Registrant['answers'] = [];
  const misfits: [string, Mistake | undefined][] = questions.map((field) => {
    const read = readValue(
      field,
      (form.answers[field.id] ?? []).map((said) => written(field, said.trim())),
    );
    if ('misfit' in read) return [field.id, read.misfit];
    if (read.value !== undefined) answers.push({ field, value: read.value });
    return [field.id, read.value === undefined && field.required ? 'missing' : undefined];
  });
  const mistakes = onlyMistakes([
    ['name', nameMistake(name)],
    ['email', email === '' ? 'missing' : emailMistake(email)],
    ['phone', phone === '' || isPhone(phone) ? undefined : 'phone'],
    ['consent', form.consent ? undefined : 'missing'],
    ...misfits,
  ]);
  if (Object.keys(mistakes).length > 0) return { mistakes };
  return { registrant: { name, email, phone: phone || undefined, answers } };
}

/** A number may have a decimal comma. */
function written({ type }: EventField, said: string): string {
  return type === 'number' && /^[^.,]*,[^.,]*$/.test(said) ? said.replace(',', '.') : said;
}

/** In one line, without what is not seen and turns around what is. */
export function tidyName(name: string): string {
  return name
    .replace(/[\p{Cc}\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
}

export function nameMistake(name: string): Mistake | undefined {
  if (name === '') return 'missing';
  return name.length > LONGEST_NAME || name.split(' ').length > MOST_WORDS ? 'long' : undefined;
}

export function emailMistake(email: string): Mistake | undefined {
  return isEmailAddress(email) ? undefined : 'email';
}

export function onlyMistakes(found: readonly (readonly [string, Mistake | undefined])[]): Mistakes {
  return Object.fromEntries(found.filter((one): one is [string, Mistake] => one[1] !== undefined));
}

/** As people write them: digits with the signs that are usual among them. */
function isPhone(text: string): boolean {
  const digits = text.replace(/\D/g, '').length;
  return text.length <= LONGEST_PHONE && /^\+?[\d\s()./-]+$/.test(text) && digits >= 3;
}
