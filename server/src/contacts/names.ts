export interface Names {
  firstName?: string;
  middleNames: string[];
  lastName?: string;
  fullName?: string;
}

export interface NamesInput {
  firstName?: string | null;
  middleNames?: string[] | null;
  lastName?: string | null;
  fullName?: string | null;
}

/**
 * The names after a change. Any part outweighs `fullName`, which is then put together from the parts; alone, it is
 * taken apart (docs/wire-rulings.md section 4: the reference's four examples).
 */
export function changedNames(before: Names, change: NamesInput): Names {
  const byParts =
    change.firstName !== undefined || change.middleNames !== undefined || change.lastName !== undefined;
  if (!byParts) return change.fullName === undefined ? before : fromFullName(change.fullName ?? '');
  const pick = (part: string | null | undefined, kept: string | undefined) =>
    part === undefined ? kept : tidy(part ?? '') || undefined;
  return named({
    firstName: pick(change.firstName, before.firstName),
    middleNames:
      change.middleNames === undefined
        ? before.middleNames
        : (change.middleNames ?? []).map(tidy).filter(Boolean),
    lastName: pick(change.lastName, before.lastName),
  });
}

function fromFullName(fullName: string): Names {
  const words = tidy(fullName).split(' ').filter(Boolean);
  return named({
    firstName: words[0],
    middleNames: words.slice(1, -1),
    lastName: words.length > 1 ? words.at(-1) : undefined,
  });
}

function named(parts: {
  firstName: string | undefined;
  middleNames: string[];
  lastName: string | undefined;
}): Names {
  const fullName = [parts.firstName, ...parts.middleNames, parts.lastName].filter(Boolean).join(' ');
  return {
    ...(parts.firstName ? { firstName: parts.firstName } : {}),
    middleNames: parts.middleNames,
    ...(parts.lastName ? { lastName: parts.lastName } : {}),
    ...(fullName ? { fullName } : {}),
  };
}

function tidy(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}
