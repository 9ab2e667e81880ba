import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { readPage } from '../../../platform/http/fixtures/read-page.ts';
import { COUNT_SCRIPT, countLine } from './count-script.ts';

/** The line in a browser; `tick` lets the time between two questions pass, and answers the question. */
function started(hidden = false) {
  const { attributes, text } = readPage(
    countLine({ registered: 3, attended: 1 }, '/check-in/1.x/count', '{attended} of {registered} here'),
  ).elements[0]!;
  const line = {
    dataset: { from: attributes['data-from'], text: attributes['data-text'] },
    textContent: text,
  };
  const asked: string[] = [];
  let ask: (() => void) | undefined;
  let answer: () => Promise<unknown> = async () => undefined;
  runInNewContext(COUNT_SCRIPT, {
    document: { hidden, getElementById: () => line },
    setInterval: (run: () => void) => {
      ask = run;
      return 1;
    },
    clearInterval: () => {
      ask = undefined;
    },
    fetch: (address: string) => {
      asked.push(address);
      return answer();
    },
  });
  return {
    line,
    asked,
    async tick(next: () => Promise<unknown>) {
      answer = next;
      ask?.();
      for (let turn = 0; turn < 10; turn++) await Promise.resolve();
    },
  };
}

const answered = (status: number, body?: object) => async () => ({
  status,
  ok: status === 200,
  json: async () => body,
});

describe('the live count', () => {
  it('asks its own door and says what it hears', async () => {
    const { line, asked, tick } = started();
    expect(line.textContent).toBe('1 of 3 here');
    await tick(answered(200, { registered: 4, attended: 2 }));
    expect(line.textContent).toBe('2 of 4 here');
    expect(asked).toEqual(['/check-in/1.x/count']);
  });

  it('goes on after a fault, and ends with the door', async () => {
    const { line, asked, tick } = started();
    await tick(() => Promise.reject(new Error('offline')));
    await tick(answered(429));
    await tick(answered(200, { registered: 3, attended: 3 }));
    expect(line.textContent).toBe('3 of 3 here');
    await tick(answered(404));
    await tick(answered(200, { registered: 9, attended: 9 }));
    expect(line.textContent).toBe('3 of 3 here');
    expect(asked).toHaveLength(4);
  });

  it('asks nothing while nobody looks', async () => {
    const { asked, tick } = started(true);
    await tick(answered(200, { registered: 4, attended: 2 }));
    expect(asked).toEqual([]);
  });
});
