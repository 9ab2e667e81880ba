import type { ColumnType } from '../db/statement.ts';
import type { Bind } from './fields.ts';

/** The parameters of a statement from number `first` on. */
export class Parameters {
  readonly types: ColumnType[] = [];
  readonly values: unknown[] = [];
  readonly #first: number;

  constructor(first: number) {
    this.#first = first;
  }

  readonly bind: Bind = (type, value) => {
    this.types.push(type);
    this.values.push(value);
    return `$${this.#first + this.values.length - 1}::${type.replace('?', '')}`;
  };
}
