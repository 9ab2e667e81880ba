const START_OF_SCAN = 0xda;
const END_OF_IMAGE = 0xd9;

/**
 * What the markers of a JPEG tell without a pixel read. `scans`: how many it draws its picture in, one, or a dozen where
 * it is progressive; each takes its time however few bytes it has, so that a small file can ask for hours. `ended`:
 * whether the end of the image is there; a reader misses it only if the last bits of the picture are missing too.
 */
export function jpegOutline(bytes: Buffer): { scans: number; ended: boolean } {
  let scans = 0;
  let at = markerFrom(bytes, 2);
  while (at !== -1 && bytes[at + 1] !== END_OF_IMAGE && at + 4 <= bytes.length) {
    if (bytes[at + 1] === START_OF_SCAN) scans++;
    at = markerFrom(bytes, at + 2 + bytes.readUInt16BE(at + 2));
  }
  return { scans, ended: at !== -1 && bytes[at + 1] === END_OF_IMAGE };
}

/** Where the next segment begins, or the end of the image; past the data of a scan. */
function markerFrom(bytes: Buffer, from: number): number {
  let at = bytes.indexOf(0xff, from);
  while (at !== -1 && !beginsSegment(bytes[at + 1])) at = bytes.indexOf(0xff, at + 1);
  return at;
}

/** Not stuffed (00), a filler (ff), nor a marker that stands alone: TEM (01), a restart (d0 to d7), SOI (d8). */
function beginsSegment(marker = 0): boolean {
  return marker > 0x01 && marker < 0xff && !(marker >= 0xd0 && marker <= 0xd8);
}
