import { connect } from 'node:net';
import type { Config } from '../../config.ts';
import { type Finding, fail, ok, reasonOf, warn } from './finding.ts';

const CHECK = 'mail';
const PATIENCE = 3_000;

/** Whether the mail server takes a connection. */
export async function checkMail({ smtpUrl }: Pick<Config, 'smtpUrl'>): Promise<Finding> {
  if (!smtpUrl) {
    return warn(CHECK, 'is not sent, only kept for GET /v1/mail. Set SMTP_URL to have it sent.');
  }
  const { protocol, hostname, port } = new URL(smtpUrl);
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  const at = { host, port: Number(port) || (protocol === 'smtps:' ? 465 : 587) };
  const refusal = await connectRefusal(at);
  return refusal === undefined
    ? ok(CHECK, `${host}:${at.port} takes connections`)
    : fail(
        CHECK,
        `${host}:${at.port} is not reached (${refusal}). Check SMTP_URL, and that no firewall stands between.`,
      );
}

async function connectRefusal(at: { host: string; port: number }): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect(at);
    const end = (refusal?: string) => {
      socket.destroy();
      resolve(refusal);
    };
    socket.once('connect', () => end());
    socket.once('error', (error) => end(reasonOf(error)));
    socket.setTimeout(PATIENCE, () => end(`no answer in ${PATIENCE / 1000} s`));
  });
}
