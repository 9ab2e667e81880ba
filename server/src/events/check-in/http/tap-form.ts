import { html } from 'ghtml';

/** One button that changes something. `who`: what screen readers say of it, beginning with what is seen on it. */
export function tapForm(tap: {
  action: string;
  fields: Record<string, string>;
  label: string;
  who: string;
  plain?: boolean;
  focus?: boolean;
}): string {
  const { action, fields, label, who, plain, focus } = tap;
  const hidden = Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  );
  return html`<form method="post" action="${action}" class="tap">!${hidden.join('')}<button type="submit"
aria-label="${who}"!${plain ? ' class="plain"' : ''}!${focus ? ' autofocus' : ''}>${label}</button></form>`;
}
