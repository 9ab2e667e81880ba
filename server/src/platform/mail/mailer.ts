import { createTransport } from 'nodemailer';
import { JobFailure } from '../jobs/job-failure.ts';
import type { Mail } from './mail.ts';
import { senderOf } from './sender.ts';
import { smtpFailure } from './smtp-failure.ts';

export interface Mailer {
  /** Resolves when the mail server has taken the mail; throws a JobFailure otherwise. */
  send(id: string, mail: Mail): Promise<void>;
  close(): void;
}

const CONNECTIONS = 5;
const CONNECT_TIMEOUT = 10_000;
const SILENCE_TIMEOUT = 30_000;
const LONGEST_DELIVERY = 120_000;
// One address and nothing that could be read as more.
const ADDRESS = /^[^\s@<>()[\]\\,;:"\p{C}]+@[^\s@<>()[\]\\,;:"\p{C}]+$/u;
const LINE_BREAKING = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;

/** Sends over SMTP. Connects at the first mail; keeps connections open for the next. */
export function openMailer(settings: { smtpUrl: string; publicUrl: string }): Mailer {
  const { domain, ...from } = senderOf(settings.smtpUrl, settings.publicUrl);
  const transport = createTransport({
    url: settings.smtpUrl,
    pool: true,
    maxConnections: CONNECTIONS,
    // A pooled connection that the server closed meanwhile; never after a byte of the mail went out.
    maxRequeues: 1,
    connectionTimeout: CONNECT_TIMEOUT,
    greetingTimeout: CONNECT_TIMEOUT,
    socketTimeout: SILENCE_TIMEOUT,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send(id, mail) {
      if (!ADDRESS.test(mail.to)) throw new JobFailure('not an address that mail goes to', { final: true });
      const to = { name: '', address: mail.to };
      await transport
        .sendMail({
          from,
          to,
          envelope: { from: from.address, to: [mail.to] },
          subject: mail.subject.replaceAll(LINE_BREAKING, ' '),
          text: mail.text,
          html: mail.html,
          attachments: (mail.attachments ?? []).map((attachment) => ({ ...attachment, encoding: 'base64' })),
          // The same at every attempt, so that a receiver can tell a repetition.
          messageId: `<${id}@${domain}>`,
          headers: { 'Auto-Submitted': 'auto-generated' },
          signal: AbortSignal.timeout(LONGEST_DELIVERY),
        })
        .catch((error) => {
          throw smtpFailure(error);
        });
    },
    close: () => transport.close(),
  };
}
