const WIDTH = 30;
const LABEL = 12;

/** Tells how far a part is: a bar that moves on a terminal, else a line at every tenth. */
export function progress(
  label: string,
  total: number,
  out: NodeJS.WriteStream,
): { step(): void; end(): void } {
  let done = 0;
  const tell = () => {
    if (out.isTTY) {
      const full = Math.round((WIDTH * done) / total);
      const bar = `${'█'.repeat(full)}${'░'.repeat(WIDTH - full)}`;
      out.write(`\r  ${label.padEnd(LABEL)}  ${bar}  ${done} of ${total}`);
    } else {
      out.write(`${label}: ${done} of ${total}\n`);
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
