import { expect, test } from 'vitest';
import { call } from './client.ts';
import { shellBlocks, withFailingCurl } from './fixtures/shell-blocks.ts';
import { dataFolder, freePort, runProgram, startServer } from './server.ts';

const URL_IN_README = 'http://127.0.0.1:4010';

/** The settings that a line of the block under "Start" gives. */
function startSettings(): Record<string, string> {
  const line = shellBlocks('README.md', '## Start')
    .flatMap((block) => block.split('\n'))
    .find((one) => one.includes('HEADWATER_ADMIN_EMAIL='));
  if (!line) throw new Error('no line under "## Start" gives HEADWATER_ADMIN_EMAIL');
  expect(line).toMatch(/ npm start$/);
  return Object.fromEntries(
    [...line.matchAll(/(HEADWATER_\w+)=(\S+)/g)].map(([, name, value]) => [name!, value!]),
  );
}

test('the first conversation goes as the README says', { timeout: 120_000 }, async () => {
  const [conversation, ...more] = shellBlocks('README.md', '## A first conversation');
  expect(more).toEqual([]);
  expect(conversation).toContain(URL_IN_README);
  const settings = startSettings();
  const server = await startServer({
    data: await dataFolder(),
    // As a user has it: rate limits on.
    env: {
      ...settings,
      HEADWATER_RATE_COMPANY: '40',
      HEADWATER_RATE_AUTH: '30',
      HEADWATER_PORT: String(await freePort()),
    },
  });
  const script = conversation!.replaceAll(URL_IN_README, server.url);
  for (const time of ['first', 'second']) {
    const run = runProgram(['bash', '-euo', 'pipefail', '-c', withFailingCurl(script)], {});
    expect(await run.exited, `${time} time: ${run.stderr()}\n${run.stdout()}`).toBe(0);
    expect(run.stderr()).toBe('');
    const [created, ...walked] = run.stdout().trim().split('\n');
    const contact = JSON.parse(created!);
    expect(contact).toMatchObject({ id: expect.any(String), fullName: expect.any(String) });
    expect(walked).toEqual([`${contact.id} ${contact.fullName}`]);
  }

  const { HEADWATER_ADMIN_EMAIL: email, HEADWATER_ADMIN_PASSWORD: password } = settings;
  const basic = Buffer.from(`${email}:${password}`).toString('base64');
  const { body } = await call('GET', `${server.url}/v1/auth`, {
    headers: { authorization: `Basic ${basic}` },
  });
  expect(body).toEqual({ id: expect.any(String), token: expect.any(String) });
});
