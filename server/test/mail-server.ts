import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerAddress } from 'smtp-server';
import { vi } from 'vitest';

/** How a mail server answers: an SMTP status to refuse with, 'hang up' after the data, 'silence' instead of an answer. */
export type Behaviour = 'accept' | 'hang up' | 'silence' | { rcpt: number } | { data: number };

export interface Received {
  from: string;
  to: string[];
  /** As it came over the wire. */
  raw: string;
  /** With the transfer encoding undone. */
  readable: string;
  header(name: string): string | undefined;
}

export interface MailServer {
  url: string;
  port: number;
  /** What it took responsibility for. */
  accepted: Received[];
  /** Every mail whose data came in, accepted or not. */
  seen: Received[];
  behave(...next: Behaviour[]): void;
  /** Resolves with the accepted mails when there are this many. */
  has(count: number): Promise<Received[]>;
  close(): Promise<void>;
}

/** A real SMTP server on loopback. Behaves as told, one mail after the other; the last behaviour stays. */
export async function startMailServer(port = 0): Promise<MailServer> {
  let behaviours: Behaviour[] = ['accept'];
  const accepted: Received[] = [];
  const seen: Received[] = [];
  const next = () => (behaviours.length > 1 ? behaviours.shift()! : behaviours[0]!);
  const refusal = (status: number) => Object.assign(new Error('refused'), { responseCode: status });

  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    onAuth: (auth, _session, callback) => callback(null, { user: auth.username }),
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    onRcptTo(_address, _session, callback) {
      const [now] = behaviours;
      if (typeof now !== 'object' || !('rcpt' in now)) return callback();
      next();
      return callback(refusal(now.rcpt));
    },
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        const mail = received(
          (mailFrom as SMTPServerAddress).address,
          rcptTo.map(({ address }) => address),
          Buffer.concat(chunks).toString(),
        );
        seen.push(mail);
        const now = next();
        if (now === 'silence') return;
        if (now === 'hang up') {
          for (const connection of server.connections) connection._socket.destroy();
          return;
        }
        if (typeof now === 'object' && 'data' in now) return callback(refusal(now.data));
        accepted.push(mail);
        callback();
      });
    },
  }) as SMTPServer & { connections: Set<{ _socket: { destroy(): void } }> };
  server.on('error', () => {});
  const listening = server.listen(port, '127.0.0.1');
  await once(listening, 'listening');
  const address = listening.address() as AddressInfo;

  return {
    url: `smtp://127.0.0.1:${address.port}`,
    port: address.port,
    accepted,
    seen,
    behave: (...given) => {
      behaviours = given;
    },
    has: (count) =>
      vi.waitFor(
        () => {
          if (accepted.length < count) throw new Error(`${accepted.length} mails of ${count}`);
          return accepted;
        },
        { timeout: 15_000, interval: 20 },
      ),
    async close() {
      for (const connection of server.connections) connection._socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function received(from: string, to: string[], raw: string): Received {
  const head = raw.slice(0, raw.indexOf('\r\n\r\n')).replaceAll(/\r\n[ \t]+/g, ' ');
  return {
    from,
    to,
    raw,
    readable: raw
      .replaceAll('=\r\n', '')
      .replaceAll(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
    header: (name) => new RegExp(`^${name}: (.*)$`, 'im').exec(head)?.[1]?.trim(),
  };
}
