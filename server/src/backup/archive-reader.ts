import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { type Extract, extract } from 'tar-stream';
import { damaged } from './damaged.ts';
import { type End, type EntryName, type Head, ORDER, parseEnd, parseEntryName, parseHead } from './format.ts';

/** What is in an archive, in its order. A table's chunks have to be read before the next item is asked for. */
export type Item =
  | { kind: 'head'; head: Head }
  | { kind: 'file'; key: string; bytes: Buffer }
  | { kind: 'secret'; bytes: Buffer }
  | { kind: 'table'; table: string; chunks: AsyncIterable<Buffer> }
  | { kind: 'end'; end: End };

type Entry = Extract extends AsyncIterable<infer E> ? E : never;

const CHUNK = 256 * 1024;
/** What is read as a whole must fit into memory, whatever the archive says of itself. */
const LARGEST = 256 * 1024 * 1024;

/** Reads an archive, and rejects with a sentence where it is not what a backup writes, be it cut off or added to. */
export async function* readArchive(file: string, signal?: AbortSignal): AsyncGenerator<Item> {
  const entries = new Entries(file);
  try {
    await entries.begin(signal);
    while (entries.current) yield await entries.item();
    if (entries.last !== 'end') throw damaged('it was cut off');
  } finally {
    await entries.close();
  }
}

class Entries {
  current: { entry: Entry; name: EntryName } | undefined;
  last: EntryName['kind'] | undefined;
  readonly #file: string;
  readonly #tar = extract();
  readonly #iterator = this.#tar[Symbol.asyncIterator]();
  #read: Promise<void> | undefined;

  constructor(file: string) {
    this.#file = file;
  }

  async begin(signal: AbortSignal | undefined): Promise<void> {
    const handle = await open(this.#file, 'r').catch((error) => {
      throw new Error(`${this.#file} cannot be read (${error.message}).`, { cause: error });
    });
    const input = handle.createReadStream({ highWaterMark: CHUNK });
    this.#read = pipeline(input, createGunzip({ chunkSize: CHUNK }), this.#tar, {
      ...(signal && { signal }),
    });
    this.#read.catch(() => {});
    await this.#next();
  }

  async item(): Promise<Item> {
    const { entry, name } = this.current!;
    if (name.kind === 'part') return { kind: 'table', table: name.table, chunks: this.#parts(name.table) };
    const bytes = await this.#whole(entry);
    await this.#next();
    if (name.kind === 'file') return { ...name, bytes };
    if (name.kind === 'secret') return { kind: 'secret', bytes };
    return name.kind === 'head'
      ? { kind: 'head', head: parseHead(bytes) }
      : { kind: 'end', end: parseEnd(bytes) };
  }

  async close(): Promise<void> {
    this.#tar.destroy();
    await this.#read?.catch(() => {});
  }

  async *#parts(table: string): AsyncGenerator<Buffer> {
    for (let number = 1; ; number++) {
      const { entry, name } = this.current ?? {};
      if (!entry || name?.kind !== 'part' || name.table !== table) return;
      if (name.number !== number) throw damaged(`part ${number} of the table ${table} is missing`);
      yield* this.#sound(entry);
      await this.#next();
    }
  }

  /** Goes on to the next entry, which has to be one that can stand there. */
  async #next(): Promise<void> {
    const { value: entry, done } = await this.#iterator.next().catch((error) => {
      throw damaged(error.message, error);
    });
    const before = this.current?.name.kind;
    this.last = before;
    this.current = undefined;
    if (done) return;
    const { name: text, type } = entry.header;
    const name = type === 'file' ? parseEntryName(text) : undefined;
    if (!name) throw damaged(`it has the entry ${JSON.stringify(text.slice(0, 100))}`);
    const repeats = name.kind === before && name.kind !== 'part' && name.kind !== 'file';
    const inOrder =
      before === undefined ? name.kind === 'head' : ORDER.indexOf(name.kind) >= ORDER.indexOf(before);
    if (repeats || !inOrder) throw damaged(`the entry ${text} is not in its place`);
    this.current = { entry, name };
  }

  async #whole(entry: Entry): Promise<Buffer> {
    if (entry.header.size > LARGEST) throw damaged(`the entry ${entry.header.name} is too large`);
    const chunks: Buffer[] = [];
    for await (const chunk of this.#sound(entry)) chunks.push(chunk);
    return Buffer.concat(chunks);
  }

  async *#sound(entry: Entry): AsyncGenerator<Buffer> {
    try {
      for await (const chunk of entry) yield chunk as Buffer;
    } catch (error) {
      throw damaged((error as Error).message, error);
    }
  }
}
