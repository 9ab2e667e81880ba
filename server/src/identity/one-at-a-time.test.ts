import { describe, expect, it } from 'vitest';
import { oneAtATime } from './one-at-a-time.ts';

const refuse = () => new Error('too many');

describe('oneAtATime', () => {
  it('runs what is for one name in the order it came, each after the other', async () => {
    const turns = oneAtATime({ most: 10, refuse });
    const steps: string[] = [];
    const run = (each: string) => async () => {
      steps.push(`${each} begins`);
      await new Promise(setImmediate);
      steps.push(`${each} ends`);
      return each;
    };
    expect(await Promise.all(['a', 'b', 'c'].map((each) => turns.take('name', run(each))))).toEqual([
      'a',
      'b',
      'c',
    ]);
    expect(steps).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  });

  it('lets no name wait for another one', async () => {
    const turns = oneAtATime({ most: 10, refuse });
    const gate = Promise.withResolvers<string>();
    const held = turns.take('slow', () => gate.promise);
    expect(await turns.take('quick', async () => 'done')).toBe('done');
    gate.resolve('done');
    expect(await held).toBe('done');
  });

  it('goes on after an error, which reaches its own caller alone', async () => {
    const turns = oneAtATime({ most: 10, refuse });
    const failed = turns.take('name', async () => {
      throw new Error('broken');
    });
    const next = turns.take('name', async () => 'done');
    await expect(failed).rejects.toThrow('broken');
    expect(await next).toBe('done');
    const thrown = turns.take('name', () => {
      throw new Error('at once');
    });
    await expect(thrown).rejects.toThrow('at once');
    expect(await turns.take('name', async () => 'done')).toBe('done');
  });

  it('refuses who would make a line longer than the most, and takes them again later', async () => {
    const turns = oneAtATime({ most: 2, refuse });
    const gate = Promise.withResolvers<void>();
    const line = [1, 2].map(() => turns.take('name', () => gate.promise));
    await expect(turns.take('name', async () => {})).rejects.toThrow('too many');
    await turns.take('another', async () => {});
    gate.resolve();
    await Promise.all(line);
    await turns.take('name', async () => {});
  });

  it('keeps nothing of a name that no one waits for', async () => {
    const turns = oneAtATime({ most: 10, refuse });
    const names = ['a', 'b', 'b', 'c'];
    const all = names.map((name) =>
      turns.take(name, async () => {
        if (name === 'c') throw new Error('broken');
      }),
    );
    expect(turns.names).toBe(3);
    await Promise.allSettled(all);
    expect(turns.names).toBe(0);
  });
});
