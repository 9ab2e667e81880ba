import { html } from 'ghtml';
import type { Mail } from '../platform/mail/mail.ts';

/** The mail that invites a new user to choose a password. */
export function invitationMail(input: {
  to: string;
  firstName: string | null;
  company: string;
  url: string;
  days: number;
}): Mail {
  const hello = input.firstName ? `Hello ${input.firstName},` : 'Hello,';
  const what = `you have been invited to the talent CRM of ${input.company}. Choose your password here:`;
  const until = `The link works once, for ${input.days} days. If you did not expect this mail, ignore it.`;
  return {
    to: input.to,
    subject: `Your access to ${input.company}`,
    text: `${hello}\n\n${what}\n\n${input.url}\n\n${until}\n`,
    html: html`<p>${hello}</p>
      <p>${what}</p>
      <p><a href="${input.url}">${input.url}</a></p>
      <p>${until}</p>`,
  };
}
