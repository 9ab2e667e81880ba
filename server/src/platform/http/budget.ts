/** Whose share it is: a company's, by its id, or that of the address of someone who has not said who they are. */
export type Guest = number | string;

/** How much there is, of which nobody may have more than `ofOne`. */
export interface Most {
  all: number;
  ofOne: number;
}

/**
 * Something scarce that all draw on. When it is used up, those are refused who have as much of it as others have on
 * average, or more: who fills the house is shown out first. Companies and strangers have a part each, so that no number
 * of addresses takes the companies' part.
 */
export class Budget {
  readonly #companies: Part;
  readonly #strangers: Part;

  constructor(most: { companies: Most; strangers: Most }) {
    this.#companies = new Part(most.companies);
    this.#strangers = new Part(most.strangers);
  }

  get held(): number {
    return this.#companies.held + this.#strangers.held;
  }

  /** Nobody is refused before this much of it is held. */
  get leastRefused(): number {
    return Math.min(this.#companies.most.ofOne, this.#strangers.most.ofOne);
  }

  take(guest: Guest, amount: number): void {
    this.#partOf(guest).change(guest, amount);
  }

  giveBack(guest: Guest, amount: number): void {
    this.#partOf(guest).change(guest, -amount);
  }

  refuses(guest: Guest): boolean {
    return this.#partOf(guest).refuses(guest);
  }

  /** Whether a guest has at least the average share, counted as if at least `least` were held. */
  isLarge(guest: Guest, least: number): boolean {
    return this.#partOf(guest).isLarge(guest, least);
  }

  #partOf(guest: Guest): Part {
    return typeof guest === 'number' ? this.#companies : this.#strangers;
  }
}

class Part {
  held = 0;
  readonly most: Most;
  readonly #shares = new Map<Guest, number>();

  constructor(most: Most) {
    this.most = most;
  }

  change(guest: Guest, amount: number): void {
    this.held += amount;
    const share = (this.#shares.get(guest) ?? 0) + amount;
    if (share === 0) this.#shares.delete(guest);
    else this.#shares.set(guest, share);
  }

  refuses(guest: Guest): boolean {
    if (this.held < Math.min(this.most.all, this.most.ofOne)) return false;
    if (this.#shareOf(guest) >= this.most.ofOne || this.held >= 2 * this.most.all) return true;
    return this.held >= this.most.all && this.isLarge(guest, 0);
  }

  isLarge(guest: Guest, least: number): boolean {
    return this.#shareOf(guest) * this.#shares.size >= Math.max(this.held, least);
  }

  #shareOf(guest: Guest): number {
    return this.#shares.get(guest) ?? 0;
  }
}
