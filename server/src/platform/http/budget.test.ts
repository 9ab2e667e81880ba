import { expect, it } from 'vitest';
import { Budget } from './budget.ts';

const budgetOf = (all: number, ofOne = all) =>
  new Budget({ companies: { all, ofOne }, strangers: { all: 4, ofOne: 2 } });

it('refuses nobody while there is some of it left, however unequal the shares', () => {
  const budget = budgetOf(10);
  budget.take(1, 9);
  expect(budget.refuses(1)).toBe(false);
});

it('refuses, when it is used up, who has as much as others on average, and nobody who has less', () => {
  const budget = budgetOf(10);
  budget.take(1, 7);
  budget.take(2, 3);
  expect([budget.refuses(1), budget.refuses(2), budget.refuses(3)]).toEqual([true, false, false]);
  budget.giveBack(1, 7);
  expect([budget.refuses(1), budget.held]).toEqual([false, 3]);
});

it('refuses everybody when those who had less have used it up twice over', () => {
  const budget = budgetOf(10);
  budget.take(1, 10);
  for (let company = 2; company < 12; company++) {
    expect(budget.refuses(company)).toBe(false);
    budget.take(company, 1);
  }
  expect(budget.refuses(12)).toBe(true);
});

it('gives nobody more than the share of one', () => {
  const budget = budgetOf(10, 5);
  budget.take(1, 5);
  expect([budget.refuses(1), budget.refuses(2)]).toEqual([true, false]);
});

it('keeps the part of companies from strangers, whose addresses have shares as companies do', () => {
  const budget = budgetOf(10);
  for (let address = 0; address < 100; address++) budget.take(`2001:db8::${address}`, 1);
  budget.take('192.0.2.1', 2);
  expect([budget.refuses(1), budget.refuses('192.0.2.1'), budget.refuses('192.0.2.2')]).toEqual([
    false,
    true,
    true,
  ]);
});
