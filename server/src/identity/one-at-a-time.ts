export interface Turns {
  /** Runs when all that came before under this name has ended, well or not. Rejects at once where the line is full. */
  take<T>(name: string, run: () => Promise<T>): Promise<T>;
  /** How many names have someone in line. */
  readonly names: number;
}

/** Lines by name, in this process alone: in each, one runs and at most `most` run or wait. */
export function oneAtATime({ most, refuse }: { most: number; refuse: () => Error }): Turns {
  const lines = new Map<string, { last: Promise<void>; length: number }>();
  return {
    async take(name, run) {
      const line = lines.get(name) ?? { last: Promise.resolve(), length: 0 };
      if (line.length >= most) throw refuse();
      lines.set(name, line);
      line.length++;
      const turn = line.last.then(run);
      line.last = turn.then(ended, ended);
      try {
        return await turn;
      } finally {
        line.length--;
        if (line.length === 0) lines.delete(name);
      }
    },
    get names() {
      return lines.size;
    },
  };
}

function ended(): void {}
