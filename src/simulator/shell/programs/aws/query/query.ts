/** `--query`: JMESPath over the output (JMESPath specification; jmespath/jmespath.py for the words of a wrong expression). */
import { search } from 'jmespath';
import { CommandLineError, generalFailure } from '../failures';
import type { PlainValue } from '../output/plainValue';
import { ExpressionError } from './expressionError';
import { checkSyntax } from './expressionSyntax';

export interface Query {
  /** Throws {@link CliFailure} for a function that cannot take what it is given. */
  apply(value: PlainValue): PlainValue;
}

/** Throws {@link CommandLineError} for what is no expression. */
export function compileQuery(expression: string): Query {
  try {
    checkSyntax(expression);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    throw new CommandLineError(`Bad value for --query ${expression}: ${error.message}`);
  }
  return { apply: value => evaluate(expression, value) };
}

/** What an expression without functions that can fail finds. */
export function evaluate(expression: string, value: PlainValue): PlainValue {
  try {
    return (search(value, expression) ?? null) as PlainValue;
  } catch (error) {
    throw generalFailure(functionComplaint(error instanceof Error ? error.message : String(error)));
  }
}

/** From the words of our library to those of Python's, as far as they can be told. */
function functionComplaint(message: string): string {
  const wrongType = /^TypeError: (\w+)\(\) expected argument \d+ to be type (\S+) but received type (\w+) instead/.exec(
    message,
  );
  if (wrongType) {
    const [, name, wanted = '', received = ''] = wrongType;
    const types = wanted.split(/[|,]/).map(type => `'${type}'`);
    const value = received === 'null' ? 'None' : received;
    return `In function ${name}(), invalid type for value: ${value}, expected one of: [${types.join(', ')}], received: "${received}"`;
  }
  const wrongCount = /^ArgumentError: (\w+)\(\) takes( at least)? (\d+) arguments? but received (\d+)/.exec(message);
  if (!wrongCount) return message;
  const [, name, atLeast = '', wanted, received] = wrongCount;
  return `Expected${atLeast} ${wanted} ${wanted === '1' ? 'argument' : 'arguments'} for function ${name}(), received ${received}`;
}
