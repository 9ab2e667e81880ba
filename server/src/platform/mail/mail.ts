/** The outbox topic of mails. */
export const MAIL_TOPIC = 'mail';

/** A mail as it lies in the outbox. */
export interface Mail {
  to: string;
  subject: string;
  text: string;
  html: string;
}
