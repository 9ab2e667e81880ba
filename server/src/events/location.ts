import { invalid } from '../platform/problem.ts';

export interface GeoPoint {
  lat: number;
  lon: number;
}

/** The parts that are text, in the order of a letter's address. */
export const ADDRESS_PARTS = [
  'name',
  'address',
  'address2',
  'postcode',
  'city',
  'county',
  'country',
  'formattedAddress',
  'url',
] as const;
export type Address = Partial<Record<(typeof ADDRESS_PARTS)[number], string>>;

export type LocationInput = Partial<Record<(typeof ADDRESS_PARTS)[number], string | null>> & {
  geoPoint?: { lat: number; lon: number } | null;
  lat?: number | null;
  lng?: number | null;
};

/** The text of a location, without blanks around it and without what is empty. */
export function addressOf(input: LocationInput): Address {
  return Object.fromEntries(
    ADDRESS_PARTS.flatMap((part) => {
      const text = input[part]?.trim();
      return text ? [[part, text]] : [];
    }),
  );
}

/**
 * The point of a location, which clients name as `geoPoint` or as `lat` and `lng`. Of an event that has one already
 * (`before`), the form that differs from it counts; where both do, `geoPoint`.
 */
export function geoPointOf(input: LocationInput, before: GeoPoint | undefined): GeoPoint | undefined {
  const { lat, lng } = input;
  const flat = isNumber(lat) && isNumber(lng) ? { lat, lon: lng } : undefined;
  if (!flat && (isNumber(lat) || isNumber(lng))) {
    throw invalid(`location.${isNumber(lat) ? 'lng' : 'lat'}`, 'is required with the other coordinate');
  }
  const { geoPoint } = input;
  const point = geoPoint && !(flat && samePoint(geoPoint, before)) ? geoPoint : flat;
  // Without the sign of -0, which the store does not keep.
  return point && { lat: point.lat + 0, lon: point.lon + 0 };
}

/** The location as it is answered; undefined where nothing is known of it. */
export function locationWire(address: Address, point: GeoPoint | undefined): object | undefined {
  if (!point && Object.keys(address).length === 0) return undefined;
  return { ...address, ...(point ? { geoPoint: point, lat: point.lat, lng: point.lon } : {}) };
}

/** The place, line by line, for people. */
export function addressLines(address: Address): string[] {
  const { name, formattedAddress, address: street, address2, postcode, city, county, country } = address;
  if (formattedAddress)
    return name && !formattedAddress.includes(name) ? [name, formattedAddress] : [formattedAddress];
  const town = [postcode, city].filter(Boolean).join(' ');
  return [name, street, address2, town, county, country].filter(
    (line) => line !== undefined && line !== '',
  ) as string[];
}

function samePoint(a: GeoPoint, b: GeoPoint | undefined): boolean {
  return a.lat === b?.lat && a.lon === b?.lon;
}

function isNumber(value: number | null | undefined): value is number {
  return typeof value === 'number';
}
