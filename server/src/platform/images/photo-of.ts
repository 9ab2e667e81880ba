import type { Metadata, SharpOptions } from 'sharp';
import { tooMany } from '../problem.ts';
import { atMost } from './at-most.ts';
import { jpegOutline } from './jpeg-outline.ts';
import { formatOf, isPolyglot, type PictureFormat } from './picture-format.ts';

export interface Photo {
  bytes: Buffer;
  contentType: 'image/jpeg' | 'image/png' | 'image/webp';
}

/** Why it is none, as the end of a sentence about the field: "must be …". */
export interface Refused {
  refused: string;
}

const MIB = 1024 * 1024;
const MOST_BYTES = 10 * MIB;
const MOST_PIXELS = 50_000_000;
/** What a JPEG can have. A PNG of one column has room for fifty million, which take long. */
const MOST_A_SIDE = 65_535;
const MOST_A_SIDE_KEPT = 1024;
const MOST_SCANS = 100;
/** Of a picture that comes in passes all is held until the last; the others are read a few lines at a time. */
const MOST_HELD = 200 * MIB;
const MOST_SECONDS = 5;
const PNG_END = Buffer.from('IEND\xae\x42\x60\x82', 'latin1');

const reading: SharpOptions = {
  limitInputPixels: MOST_PIXELS,
  // The strictest: what is damaged is refused, not drawn as far as it goes.
  failOn: 'warning',
  autoOrient: true,
};

// Two leave two of the four threads that files, names and passwords wait for.
const inTurn = atMost({
  running: 2,
  waiting: 20,
  refuse: () => tooMany('many photos are being read; try again shortly', 1),
});

/**
 * A photo as it is kept: upright, at most 1024 pixels a side, in its own format, without anything but the picture.
 * What it is, its content says alone. Takes some tenths of a second, at most about five, and its turn: not for inside a
 * transaction.
 */
export async function photoOf(bytes: Buffer): Promise<Photo | Refused> {
  if (bytes.length > MOST_BYTES) return { refused: 'must be at most 10 MiB' };
  const format = formatOf(bytes);
  if (!format || isPolyglot(bytes)) return { refused: 'must be a JPEG, PNG or WebP picture' };
  if (format === 'jpeg') {
    const { scans, ended } = jpegOutline(bytes);
    if (scans > MOST_SCANS) return { refused: tooMuch };
    if (!ended) return { refused: damaged };
  }
  if (format === 'png' && !bytes.includes(PNG_END)) return { refused: damaged };
  return inTurn(() => read(bytes, format));
}

const damaged = 'must be a whole picture: this one is damaged or cut off';
const tooLarge = `must be a smaller picture, of at most ${MOST_PIXELS / 1_000_000} million pixels`;
const tooMuch = 'must be a simpler picture: this one takes too much time or memory to read';

async function read(bytes: Buffer, format: PictureFormat): Promise<Photo | Refused> {
  const sharp = await loadSharp();
  try {
    const found = await sharp(bytes, reading).metadata();
    if (found.format !== format) return { refused: damaged };
    if (Math.max(found.width, found.height) > MOST_A_SIDE) return { refused: tooLarge };
    if (heldBytes(found) > MOST_HELD) return { refused: tooMuch };
    const kept = await sharp(bytes, reading)
      .resize({
        width: MOST_A_SIDE_KEPT,
        height: MOST_A_SIDE_KEPT,
        fit: 'inside',
        withoutEnlargement: true,
      })
      .toFormat(format)
      .timeout({ seconds: MOST_SECONDS })
      .toBuffer();
    return { bytes: kept, contentType: `image/${format}` };
  } catch (error) {
    const { message } = error as Error;
    if (/pixel limit/.test(message)) return { refused: tooLarge };
    return { refused: /timeout/.test(message) ? tooMuch : damaged };
  }
}

function heldBytes(found: Metadata): number {
  if (!found.isProgressive) return 0;
  const pixels = found.width * found.height;
  if (found.format === 'png') return pixels * found.channels * (found.depth === 'ushort' ? 2 : 1);
  const samples = { '4:2:0': 1.5, '4:2:2': 2 }[found.chromaSubsampling ?? ''] ?? found.channels;
  return pixels * samples * 2;
}

let loaded: Promise<typeof import('sharp').default> | undefined;

/** Loaded with the first photo: a server without photos has neither its time to start nor its memory. */
function loadSharp(): NonNullable<typeof loaded> {
  loaded ??= import('sharp').then(({ default: sharp }) => {
    sharp.concurrency(1);
    sharp.cache(false);
    // All that reads other formats is closed, so that nothing in a file can lead there.
    sharp.block({ operation: ['VipsForeignLoad'] });
    sharp.unblock({
      operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'],
    });
    return sharp;
  });
  return loaded;
}
