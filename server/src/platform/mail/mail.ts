/** The outbox topic of mails. */
export const MAIL_TOPIC = 'mail';

/** A mail as it lies in the outbox. */
export interface Mail {
  to: string;
  subject: string;
  text: string;
  html: string;
  attachments?: Attachment[];
}

export interface Attachment {
  filename: string;
  /** With its parameters, as the mail's header says it. */
  contentType: string;
  /** Base64. */
  content: string;
  /** What the HTML names it by (`cid:…`), where it is a picture in it. */
  cid?: string;
}
