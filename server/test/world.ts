import { afterAll, beforeAll } from 'vitest';
import { startServer, type TestCompany, type TestOptions, type TestServer } from './harness.ts';

/** What the tests of a file share. */
export interface World {
  readonly server: TestServer;
  readonly company: TestCompany;
  /** Another company on the same server, which must notice nothing of the first. */
  readonly other: TestCompany;
}

/** A server with two companies, there before a file's first test and closed after its last. */
export function twoCompanies(options: TestOptions = {}): World {
  let world: World | undefined;
  const there = (): World => {
    if (!world) throw new Error('the world begins with the first test');
    return world;
  };
  beforeAll(async () => {
    const server = await startServer(options);
    world = { server, company: await server.company(), other: await server.company() };
  });
  afterAll(() => world?.server.close());
  return {
    get server() {
      return there().server;
    },
    get company() {
      return there().company;
    },
    get other() {
      return there().other;
    },
  };
}
