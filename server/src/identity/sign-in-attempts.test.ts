import { pino } from 'pino';
import { expect, it, onTestFinished, vi } from 'vitest';
import { serverForThisTest } from '../../test/harness.ts';
import { startBackground } from '../background.ts';

it('the background forgets failed sign-ins an hour after they held anyone back', async () => {
  const server = await serverForThisTest({});
  for (const minutes of [61, 59, -1]) {
    await server.sql('insert into sign_in_attempt values ($1, 1, now() - make_interval(mins => $2))', [
      Buffer.from(`${minutes}`),
      minutes,
    ]);
  }
  const background = startBackground({
    config: { smtpUrl: undefined, publicUrl: server.url },
    database: server.database,
    log: pino({ level: 'silent' }),
    timing: { poll: 20 },
  });
  onTestFinished(() => background.stop());
  const kept = async () =>
    (await server.sql<{ email_digest: Buffer }>('select email_digest from sign_in_attempt')).map(
      ({ email_digest }) => email_digest.toString(),
    );
  await vi.waitFor(async () => expect((await kept()).sort()).toEqual(['-1', '59']), 10_000);
});
