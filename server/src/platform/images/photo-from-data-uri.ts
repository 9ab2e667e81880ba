import { dataUri } from './data-uri.ts';
import { type Photo, photoOf, type Refused } from './photo-of.ts';

/** A photo that came as text. It must be what the text says it is. */
export async function photoFromDataUri(text: string): Promise<Photo | Refused> {
  const found = dataUri(text);
  if (!found) return { refused: 'must be a data URI in base64, such as data:image/png;base64,…' };
  const photo = await photoOf(found.bytes);
  if ('refused' in photo) return photo;
  const declared = found.contentType === 'image/jpg' ? 'image/jpeg' : found.contentType;
  if (declared === photo.contentType) return photo;
  return { refused: `must be what it says it is: it says ${declared}, and is ${photo.contentType}` };
}
