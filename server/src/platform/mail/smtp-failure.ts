import { JobFailure } from '../jobs/job-failure.ts';

// RFC 4954 §6: the account is not accepted; the operator can set that right.
const ACCOUNT = new Set([530, 534, 535, 538]);
// RFC 5321 §4.2.2: bad sequence of commands; the session's trouble, not the mail's.
const SESSION = 503;

/** What an error of nodemailer means for the mail. The server's own words can quote the recipient: they stay out. */
export function smtpFailure(error: unknown): JobFailure {
  const { code, responseCode, command } = error as {
    code?: string;
    responseCode?: number;
    command?: string;
  };
  if (responseCode === undefined) {
    return code === 'EENVELOPE'
      ? new JobFailure('the mail server cannot take this address', { final: true })
      : new JobFailure(`no answer from the mail server (${code ?? 'unknown'})`);
  }
  const refused = responseCode >= 500 && responseCode !== SESSION && !ACCOUNT.has(responseCode);
  // 5xx to anything earlier is about this server's account or sender, not about this mail.
  const aboutTheMail = command === 'RCPT TO' || command === 'DATA';
  return new JobFailure(`the mail server answered ${responseCode} to ${command}`, {
    final: refused && aboutTheMail,
  });
}
