import { findBinaryPackage } from '../../platform/embedded-postgres/binaries.ts';
import { type Finding, fail, ok, reasonOf } from './finding.ts';

const OLDEST = 26;

export function checkNode(): Finding {
  const { node } = process.versions;
  return Number.parseInt(node, 10) >= OLDEST
    ? ok('node', `${node} on ${process.platform}-${process.arch}`)
    : fail(
        'node',
        `${node} is too old, ${OLDEST} is needed. Start with npm, which uses the one that comes along.`,
      );
}

/** The npm package with PostgreSQL for this machine. */
export function checkPackages(): Finding {
  try {
    return ok('packages', `PostgreSQL for this machine is in ${findBinaryPackage()}`);
  } catch (error) {
    return fail('packages', reasonOf(error));
  }
}
