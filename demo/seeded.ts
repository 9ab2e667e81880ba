import { base, en, Faker } from '@faker-js/faker';

/** Chance that falls the same way every time; differently for each number. */
export function seeded(number: number): Faker {
  return new Faker({ locale: [en, base], seed: 20_260_000 + number });
}
