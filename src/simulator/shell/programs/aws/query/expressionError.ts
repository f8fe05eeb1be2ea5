/** What is wrong with an expression, worded as jmespath.py does. */
export class ExpressionError extends Error {}

export interface Token {
  readonly type: string;
  readonly value: string;
  readonly start: number;
}

export function unexpectedToken({ type, value, start }: Token, reason: string, expression: string): ExpressionError {
  const place = `Parse error at column ${start}, token "${value}" (${type.toUpperCase()}), for expression:`;
  return new ExpressionError(`${reason}: ${place}\n"${expression}"\n${' '.repeat(start + 1)}^`);
}

export function incomplete(expression: string): ExpressionError {
  const mark = `${' '.repeat(expression.length + 1)}^`;
  return new ExpressionError(`Invalid jmespath expression: Incomplete expression:\n"${expression}"\n${mark}`);
}

export function badCharacters(reason: string, at: number, expression: string): ExpressionError {
  return new ExpressionError(`Bad jmespath expression: ${reason}:\n${expression}\n${' '.repeat(at)}^`);
}
