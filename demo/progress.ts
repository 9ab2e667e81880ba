const WIDTH = 30;

/** Tells how far something is: a bar that moves on a terminal, else a line at every tenth. */
export function progress(total: number, out: NodeJS.WriteStream): { step(): void; end(): void } {
  let done = 0;
  const tell = () => {
    if (out.isTTY) {
      const full = Math.round((WIDTH * done) / Math.max(1, total));
      out.write(`\r  ${'█'.repeat(full)}${'░'.repeat(WIDTH - full)}  ${done} of ${total}`);
    } else {
      out.write(`${done} of ${total}\n`);
    }
  };
  return {
    step() {
      done++;
      const tenth = Math.ceil(total / 10);
      if (out.isTTY || done === total || done % tenth === 0) tell();
    },
    end() {
      if (out.isTTY) out.write('\n');
    },
  };
}
