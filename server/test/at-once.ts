import type { Answer } from './harness.ts';

/** The statuses, in order, of so many requests sent at the same moment. */
export async function atOnce(count: number, send: (each: number) => Promise<Answer>): Promise<number[]> {
  const answers = await Promise.all(Array.from({ length: count }, (_, each) => send(each)));
  return answers.map(({ status }) => status).sort();
}
