import type { Photo, Refused } from '../../platform/images/photo-of.ts';
import type { Customer } from '../customer.ts';
import type { PhotoLinks } from './photo-links.ts';
import type { TakenPhoto } from './photos.ts';

const ADDRESS = /\/companies\/(\d+)\/customers\/(\d+)\/photo\/([^/?#]+)\/?$/;

/**
 * What came as a photo, with a web address settled: clients send back what they got, so the address of the customer's own
 * photo, answered to whichever session, says that it stays. Any other is refused: nothing is fetched from elsewhere.
 */
export function settledPhoto(
  taken: TakenPhoto,
  isOwn: (address: string) => boolean,
): Photo | Refused | null | undefined {
  if (!taken || !('address' in taken)) return taken;
  return isOwn(taken.address)
    ? undefined
    : { refused: 'must be a file, a data URI or the address of the photo that is there' };
}

/** Whether an address shows the photo that a customer has now. Where the server was when it was answered does not count. */
export function isAddressOf(
  links: PhotoLinks,
  companyId: number,
  { number, photo }: Customer,
  address: string,
): boolean {
  const [, inCompany, customer, token] = ADDRESS.exec(address) ?? [];
  if (token === undefined || inCompany !== String(companyId) || customer !== String(number)) return false;
  const of = links.read(companyId, token);
  return of !== undefined && of.number === number && of.key === photo?.key;
}
