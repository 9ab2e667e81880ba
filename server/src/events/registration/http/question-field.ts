import type { Language } from '../../../platform/http/language.ts';
import type { Question } from '../registration.ts';
import { answerName } from './form-body.ts';
import { choiceField, inputField, selectField } from './form-field.ts';
import { REGISTRATION_TEXTS } from './registration-texts.ts';

/** More than these are easier to choose from in a list that unfolds. */
const MOST_RADIOS = 5;

/** The field for a question, by its type, with what was answered and what is wrong with it. */
export function questionField(
  question: Question,
  given: { answer: readonly string[]; mistake: string | undefined },
  language: Language,
): string {
  const texts = REGISTRATION_TEXTS[language];
  const { type, options, required } = question;
  const name = answerName(question.id);
  const { answer, mistake } = given;
  const field = {
    name,
    label: question.name,
    mistake,
    required,
    optional: required ? undefined : texts.optional,
  };
  const value = answer[0] ?? '';
  switch (type) {
    case 'text':
      return inputField({ ...field, value });
    case 'number':
      return inputField({ ...field, value, inputmode: 'decimal', autocomplete: 'off', hint: texts.number });
    case 'date':
      return inputField({ ...field, value, type: 'date', autocomplete: 'off' });
    case 'boolean':
      return choiceField({
        ...field,
        type: 'radio',
        chosen: [...answer],
        options: [
          { name, value: 'true', label: texts.yes },
          { name, value: 'false', label: texts.no },
        ],
      });
    case 'singleSelect':
      // A radio button cannot be taken back, so that an answer that may be left out is never one.
      return required && options.length <= MOST_RADIOS
        ? choiceField({
            ...field,
            type: 'radio',
            chosen: [...answer],
            options: options.map(({ id, label }) => ({ name, value: id, label })),
          })
        : selectField({
            ...field,
            options: options.map(({ id, label }) => ({ value: id, label })),
            chosen: value,
            none: texts.choose,
          });
    case 'multiSelect':
      return choiceField({
        ...field,
        type: 'checkbox',
        hint: texts.several,
        chosen: [...answer],
        options: options.map(({ id, label }, index) => ({
          name: answerName(question.id, index),
          value: id,
          label,
        })),
      });
  }
}
