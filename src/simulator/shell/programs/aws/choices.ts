/** What the CLI says to a word that is none of its choices (aws/aws-cli:awscli/argparser.py). */
import { argumentError, type CommandLineError } from './failures';

const choicesPerLine = 2;
const mostSuggestions = 3;
const leastLikeness = 0.8;

export function invalidChoice(argument: string, value: string, choices: readonly string[]): CommandLineError {
  const rows = choices.flatMap((_, index) =>
    index % choicesPerLine === 0 ? [choices.slice(index, index + choicesPerLine)] : [],
  );
  const lines = rows.map(row => row.map(choice => choice.padEnd(40)).join(' | '));
  const close = closeMatches(value, choices);
  const hint = [`\n\nInvalid choice: '${value}', maybe you meant:\n`, ...close.map(word => `  * ${word}`)];
  const parts = ['Invalid choice, valid choices are:\n', ...lines, ...(close.length > 0 ? hint : [])];
  return argumentError(`argument ${argument}: ${parts.join('\n')}`);
}

/** The best first, as Python's difflib finds them. */
function closeMatches(word: string, choices: readonly string[]): readonly string[] {
  return choices
    .map(choice => ({ choice, likeness: likeness(choice, word) }))
    .filter(match => match.likeness >= leastLikeness)
    .sort((a, b) => b.likeness - a.likeness || (a.choice < b.choice ? 1 : -1))
    .slice(0, mostSuggestions)
    .map(({ choice }) => choice);
}

/** Twice the matching characters over all characters (Python Library Reference, difflib.SequenceMatcher.ratio). */
function likeness(a: string, b: string): number {
  return a.length + b.length === 0 ? 1 : (2 * matchingLength(a, b)) / (a.length + b.length);
}

/** The longest common run, and the same to its left and right (Ratcliff and Obershelp). */
function matchingLength(a: string, b: string): number {
  let best = { atA: 0, atB: 0, length: 0 };
  let runs = new Map<number, number>();
  for (let atA = 0; atA < a.length; atA++) {
    const next = new Map<number, number>();
    for (let atB = b.indexOf(a[atA] as string); atB >= 0; atB = b.indexOf(a[atA] as string, atB + 1)) {
      const length = (runs.get(atB - 1) ?? 0) + 1;
      next.set(atB, length);
      if (length > best.length) best = { atA: atA - length + 1, atB: atB - length + 1, length };
    }
    runs = next;
  }
  if (best.length === 0) return 0;
  const left = matchingLength(a.slice(0, best.atA), b.slice(0, best.atB));
  const right = matchingLength(a.slice(best.atA + best.length), b.slice(best.atB + best.length));
  return left + best.length + right;
}
