/** A page as /api/v3 answers it; the neighbours' addresses keep everything else that was asked. */
export function listWire(
  objects: object[],
  total: number,
  { url, query, limit, offset }: { url: string; query: object; limit: number; offset: number },
) {
  const at = (place: number) => {
    const asked = Object.entries({ ...query, limit, offset: place }).filter(
      ([, value]) => value !== undefined,
    );
    return `${url}?${new URLSearchParams(asked.map(([name, value]) => [name, String(value)]))}`;
  };
  return {
    meta: {
      total_count: total,
      previous: offset > 0 && limit > 0 ? at(Math.max(0, offset - limit)) : null,
      next: limit > 0 && offset + limit < total ? at(offset + limit) : null,
    },
    objects,
  };
}
