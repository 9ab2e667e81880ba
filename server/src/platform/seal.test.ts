import { expect, it } from 'vitest';
import { SEAL_LENGTH, sealUnder } from './seal.ts';

const seal = sealUnder('one secret', 'ticket 7');

it('fits what it was made of, and nothing else', () => {
  const code = seal.of('anna');
  expect(code).toHaveLength(SEAL_LENGTH);
  expect(seal.fits('anna', code)).toBe(true);
  expect(seal.fits('anne', code)).toBe(false);
  expect(sealUnder('another secret', 'ticket 7').fits('anna', code)).toBe(false);
  expect(sealUnder('one secret', 'ticket 8').fits('anna', code)).toBe(false);
  expect(sealUnder('one secret', 'photo 7').fits('anna', code)).toBe(false);
});

it.each([0, 15, 17, 32])('does not fit with %d bytes', (length) => {
  expect(seal.fits('anna', Buffer.alloc(length))).toBe(false);
  expect(seal.fits('anna', Buffer.concat([seal.of('anna'), Buffer.alloc(17)]).subarray(0, length))).toBe(
    false,
  );
});
