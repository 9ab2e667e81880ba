import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import type { TSchema } from 'typebox';
import { isEmailAddress } from '../email-address.ts';
import { invalid, Problem } from '../problem.ts';
import { MOMENT_ACCEPTED, parseMoment } from '../time.ts';

const formats = {
  'date-time': (text: string) => parseMoment(text) !== undefined,
  email: isEmailAddress,
  uuid: /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i,
  uri: (text: string) => URL.canParse(text),
} as const;
// strictNumbers: JSON's 1e400 is read as Infinity, which JSON cannot say.
const options = { strict: false, strictNumbers: true, formats, allowUnionTypes: true } as const;
const exact = new Ajv(options);
const thorough = new Ajv({ ...options, allErrors: true });
// Not strict here: a text that was coerced to Infinity would pass by the bounds.
const coercing = new Ajv({ ...options, strictNumbers: false, coerceTypes: true, useDefaults: true });

/**
 * Bodies are taken as typed, of a form every mistake is found; path and query parameters are text and become what the
 * schema says.
 */
export function compile(schema: TSchema, part: 'body' | 'form' | 'parameters' | 'answer'): ValidateFunction {
  return { body: exact, form: thorough, parameters: coercing, answer: exact }[part].compile(schema);
}

/** The first mistake, as a 400 that names the field by its JSON path. */
export function problemOf(errors: ErrorObject[] | null | undefined): Problem {
  const error = errors![0]!;
  const at = jsonPath(error.instancePath);
  if (error.keyword === 'required') {
    const name = String(error.params.missingProperty);
    return invalid(at ? `${at}.${name}` : name, 'is required');
  }
  return invalid(at || 'body', sentence(error));
}

/** Every mistake by its field, as /api/v3 answers them; what is wrong with the body as a whole is in no field. */
export function problemOfForm(errors: ErrorObject[] | null | undefined): Problem {
  const fields: Record<string, string[]> = {};
  for (const error of errors!) {
    const [field] = jsonPath(error.instancePath).split(/[.[]/);
    const missing = error.keyword === 'required' && !field;
    const name = missing ? String(error.params.missingProperty) : field;
    if (!name) return new Problem(400, problemOf([error]).message);
    const said = error.keyword === 'required' ? 'This field is required.' : sentence(error);
    fields[name] = [...(fields[name] ?? []), said];
  }
  return new Problem(400, 'the body has mistakes', { fields });
}

function sentence({ keyword, params, message }: ErrorObject): string {
  switch (keyword) {
    case 'type':
      return `must be ${[params.type].flat().map(article).join(' or ')}`;
    case 'enum':
      return `must be one of ${params.allowedValues.filter((value: unknown) => value !== null).join(', ')}`;
    case 'format':
      return (
        { 'date-time': MOMENT_ACCEPTED, email: 'must be an email address' }[String(params.format)] ??
        `must be a ${params.format}`
      );
    case 'maxLength':
      return `must be at most ${params.limit} characters long`;
    case 'minLength':
      return params.limit === 1 ? 'must not be empty' : `must be at least ${params.limit} characters long`;
    case 'maxItems':
      return `must have at most ${params.limit} entries`;
    case 'minItems':
      return `must have at least ${params.limit} ${params.limit === 1 ? 'entry' : 'entries'}`;
    case 'uniqueItems':
      return 'must not hold the same entry twice';
    case 'minimum':
    case 'maximum':
      return `must be ${params.comparison} ${params.limit}`;
    default:
      return message ?? 'is not accepted';
  }
}

function article(type: string): string {
  return { object: 'an object', array: 'an array', integer: 'an integer', null: 'null' }[type] ?? `a ${type}`;
}

/** '/emails/0' → 'emails[0]'. */
function jsonPath(pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce((path, part) => (/^\d+$/.test(part) ? `${path}[${part}]` : path ? `${path}.${part}` : part), '');
}
