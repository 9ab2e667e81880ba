import { randomInt, randomUUID } from 'node:crypto';

const LARGEST_COUNT = 0xfff;
/** A millisecond's count begins below this: half of the counts are left to go up. */
const FIRST_COUNTS = 0x800;

let time = 0;
let count = 0;

/**
 * A UUID version 7 (RFC 9562 §5.7): ordered by time of making, so that new rows land at the end of an index. Each is
 * after all that this process made before, whatever the clock does: `rand_a` counts within a millisecond (§6.2, method
 * 1), and a millisecond whose counts are used up borrows from the next.
 */
export function uuidv7(): string {
  advance();
  const head = time.toString(16).padStart(12, '0');
  // From the variant on, a UUID of random numbers has what this one needs, and Node.js makes those by the hundred.
  const tail = randomUUID().slice(19);
  return `${head.slice(0, 8)}-${head.slice(8)}-${(0x7000 | count).toString(16)}-${tail}`;
}

function advance(): void {
  const now = Date.now();
  if (now <= time && count < LARGEST_COUNT) {
    count++;
    return;
  }
  time = Math.max(now, time + 1);
  count = randomInt(FIRST_COUNTS);
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a text can be the id of anything here. What cannot is answered like an id that never existed. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/** Before every id, and nobody's. */
export const NIL_UUID = '00000000-0000-0000-0000-000000000000';
