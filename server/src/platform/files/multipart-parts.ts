import { Dicer } from '@fastify/busboy';
import { Problem } from '../problem.ts';

export interface Part {
  /** By their names in lower case; a byte is a character. */
  headers: Readonly<Record<string, string[] | undefined>>;
  bytes: Buffer;
}

const MOST_PARTS = 50;
const LIMITS = { maxHeaderPairs: 20, maxHeaderSize: 8 * 1024 };

/** The parts of a whole multipart body, in their order. They share its memory. */
export async function splitParts(body: Buffer, boundary: string): Promise<Part[]> {
  const parts: { headers?: Part['headers']; chunks: Buffer[] }[] = [];
  // Of @fastify/busboy only the splitter: what it makes of the parts drops those that are not well formed, without a
  // word, and goes on making streams for those past a limit.
  const splitter = new Dicer({ boundary, ...LIMITS });
  await new Promise<void>((resolve, reject) => {
    splitter.on('part', (stream) => {
      // Thrown, it ends the work at once: a body has room for millions of parts.
      if (parts.length === MOST_PARTS) throw new Problem(400, `body: must have at most ${MOST_PARTS} fields`);
      const part: (typeof parts)[number] = { chunks: [] };
      parts.push(part);
      stream.on('header', (headers) => {
        part.headers = headers as Part['headers'];
      });
      stream.on('data', (chunk) => part.chunks.push(chunk as Buffer));
      stream.on('error', () => {});
    });
    splitter.on('error', () => reject(malformed()));
    splitter.on('finish', resolve);
    splitter.end(body);
  });
  return parts.map(({ headers, chunks }) => {
    if (!headers) throw malformed();
    return { headers, bytes: chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks) };
  });
}

function malformed(): Problem {
  return new Problem(400, 'body: must be whole, well-formed multipart/form-data');
}
