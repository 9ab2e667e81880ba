import type { Faker } from '@faker-js/faker';

export const DAY = 24 * 60 * 60 * 1000;
const HOUR = DAY / 24;

/**
 * A moment in the working hours of a day, counted back from now; of the Friday before, where that day is in a weekend.
 * So days that are at least three apart keep their order.
 */
export function workday(daysAgo: number, random: Faker): string {
  const day = Math.floor(Date.now() / DAY) - daysAgo;
  const weekday = new Date(day * DAY).getUTCDay();
  const sinceFriday = weekday === 6 ? 1 : weekday === 0 ? 2 : 0;
  const hour = random.number.float({ min: 7, max: 17 });
  return new Date(Math.floor((day - sinceFriday) * DAY + hour * HOUR)).toISOString();
}
