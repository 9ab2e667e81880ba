import { html } from 'ghtml';

/** A field of a form, with what belongs to it. All of it is plain text. */
export interface Field {
  /** Also its id. */
  name: string;
  label: string;
  hint?: string | undefined;
  mistake?: string | undefined;
  required?: boolean;
  /** Said after the label of what need not be filled in. */
  optional?: string | undefined;
  /** Where the page opens. */
  focus?: boolean;
}

/** Without a `maxlength`: it would cut what is pasted short without a word. */
export function inputField(
  field: Field & { type?: string; value: string; autocomplete?: string; inputmode?: string },
): string {
  const { name, type = 'text', value, autocomplete, inputmode } = field;
  const attributes = [
    html`type="${type}" id="${name}" name="${name}" value="${value}"`,
    ...(autocomplete ? [html`autocomplete="${autocomplete}"`] : []),
    ...(inputmode ? [html`inputmode="${inputmode}"`] : []),
    ...stateOf(field),
  ];
  return html`<div class="field">
!${labelOf(field)}
!${hintOf(field)}
<input !${attributes.join(' ')}>
!${mistakeOf(field)}
</div>`;
}

/** One of several, in a list that unfolds. `none` stands for no answer. */
export function selectField(
  field: Field & { options: { value: string; label: string }[]; chosen: string | undefined; none: string },
): string {
  const { name, options, chosen, none } = field;
  const choices = options.map(
    ({ value, label }) =>
      html`<option value="${value}"!${value === chosen ? ' selected' : ''}>${label}</option>`,
  );
  return html`<div class="field">
!${labelOf(field)}
!${hintOf(field)}
<select id="${name}" name="${name}" !${stateOf(field).join(' ')}>
<option value="">${none}</option>
!${choices.join('\n')}
</select>
!${mistakeOf(field)}
</div>`;
}

/** One of several (radio), or any of them (checkbox), all to be seen. The first has the field's name for its id. */
export function choiceField(
  field: Field & {
    type: 'radio' | 'checkbox';
    options: { name: string; value: string; label: string }[];
    chosen: string[];
  },
): string {
  const { name: id, type, options, chosen } = field;
  const choices = options.map(({ name, value, label }, index) =>
    choice({
      id: index === 0 ? id : `${id}.${index}`,
      attributes: [
        html`type="${type}" name="${name}" value="${value}"`,
        ...(chosen.includes(value) ? ['checked'] : []),
        ...(type === 'radio' && field.required ? ['required'] : []),
        ...(field.mistake ? ['aria-invalid="true"'] : []),
      ],
      label: html`${label}`,
    }),
  );
  // A group's description is announced when it is entered; not all screen readers know an invalid group.
  return html`<fieldset!${describedBy(field)}>
<legend>!${textOf(field)}</legend>
!${hintOf(field)}
!${choices.join('\n')}
!${mistakeOf(field)}
</fieldset>`;
}

/** A box to tick. */
export function tickField(field: Field & { ticked: boolean }): string {
  const { name, ticked } = field;
  return html`<div class="field">
!${choice({
    id: name,
    attributes: [
      html`type="checkbox" name="${name}" value="yes"`,
      ...(ticked ? ['checked'] : []),
      ...stateOf(field),
    ],
    label: textOf(field),
  })}
!${mistakeOf(field)}
</div>`;
}

/** `label` is HTML already. */
function choice({ id, attributes, label }: { id: string; attributes: string[]; label: string }): string {
  return html`<div class="choice"><input id="${id}" !${attributes.join(' ')}><label for="${id}">!${label}</label></div>`;
}

function stateOf(field: Field): string[] {
  return [
    ...(field.required ? ['required'] : []),
    ...(field.mistake ? ['aria-invalid="true"'] : []),
    ...(field.focus ? ['autofocus'] : []),
    describedBy(field).trim(),
  ].filter(Boolean);
}

function describedBy({ name, hint, mistake }: Field): string {
  const ids = [...(hint ? [`${name}-hint`] : []), ...(mistake ? [`${name}-mistake`] : [])];
  return ids.length > 0 ? html` aria-describedby="${ids.join(' ')}"` : '';
}

function labelOf(field: Field): string {
  return html`<label for="${field.name}">!${textOf(field)}</label>`;
}

function textOf({ label, optional }: Field): string {
  return html`${label}!${optional ? html` <span class="optional">(${optional})</span>` : ''}`;
}

function hintOf({ name, hint }: Field): string {
  return hint ? html`<p class="hint" id="${name}-hint">${hint}</p>` : '';
}

function mistakeOf({ name, mistake }: Field): string {
  return mistake ? html`<p class="mistake" id="${name}-mistake">${mistake}</p>` : '';
}

/** What is wrong, with a link to each field. The page opens at it. */
export function mistakeSummary(
  title: string,
  mistakes: { name: string; label: string; mistake: string }[],
): string {
  const items = mistakes.map(
    ({ name, label, mistake }) => html`<li><a href="#${name}">${label}</a>: ${mistake}</li>`,
  );
  return html`<div class="wrong" role="alert" tabindex="-1" autofocus>
<p><strong>${title}</strong></p>
<ul>
!${items.join('\n')}
</ul>
</div>`;
}
