import { seeded } from '../../demo/seeded.ts';

/** What every second text about such an event says, the most frequent first. */
const USUAL = `and the to of with our you for we in a is at your from join team meet people work how
  careers talent engineering students campus software university graduates interview company internship hiring
  recruiters networking product design data coffee workshop technology future candidates questions offices`;
const SIZE = 4_000;

/** Words as they occur: the word of rank n about n times less often than the first. */
export function vocabulary(): string[] {
  const chance = seeded(900);
  const { noun, verb, adjective, adverb } = chance.definitions.word as Record<string, string[]>;
  const usual = USUAL.split(/\s+/);
  const others = [...noun!, ...verb!, ...adjective!, ...adverb!].filter((word) => /^[a-z]+$/.test(word));
  return [...new Set([...usual, ...chance.helpers.shuffle(others)])].slice(0, SIZE);
}
