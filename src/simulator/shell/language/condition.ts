import { evaluateArithmetic } from './arithmetic';
import { arithmeticHost, expandPieces, expandText, parseArithmetic } from './expand';
import { fileTest, textTest } from './fileTest';
import { escapeRegExp, matchesPattern, type PatternPiece } from './pattern';
import type { ShellContext } from './shellContext';
import type { Condition } from './syntax';

/** `[[ … ]]`. */
export async function evaluateCondition(shell: ShellContext, condition: Condition): Promise<boolean> {
  switch (condition.type) {
    case 'CondNot':
      return !(await evaluateCondition(shell, condition.operand));
    case 'CondAnd':
      return (await evaluateCondition(shell, condition.left)) && evaluateCondition(shell, condition.right);
    case 'CondOr':
      return (await evaluateCondition(shell, condition.left)) || evaluateCondition(shell, condition.right);
    case 'CondGroup':
      return evaluateCondition(shell, condition.expression);
    case 'CondWord':
      return (await expandText(shell, condition.word)) !== '';
    case 'CondUnary': {
      const operand = await expandText(shell, condition.operand);
      if (condition.operator === '-v') return shell.variables.get(operand) !== undefined;
      return textTest(condition.operator, operand) ?? fileTest(shell, condition.operator, operand);
    }
    case 'CondBinary':
      return evaluateBinary(shell, condition);
  }
}

/** What `=~` was given is no regular expression: the command ends with 2 and says nothing ("Bash Reference Manual: Conditional Constructs"). */
export class NoRegularExpression extends Error {}

function expressionOf(pieces: readonly PatternPiece[]): RegExp {
  const source = pieces.map(({ text, isQuoted }) => (isQuoted ? escapeRegExp(text) : text)).join('');
  try {
    return new RegExp(source);
  } catch {
    throw new NoRegularExpression(source);
  }
}

async function evaluateBinary(
  shell: ShellContext,
  condition: Extract<Condition, { type: 'CondBinary' }>,
): Promise<boolean> {
  const left = await expandText(shell, condition.left);
  switch (condition.operator) {
    case '=':
    case '==':
      return matchesPattern(left, await expandPieces(shell, condition.right));
    case '!=':
      return !matchesPattern(left, await expandPieces(shell, condition.right));
    case '=~': {
      const pieces = await expandPieces(shell, condition.right);
      const match = expressionOf(pieces).exec(left);
      if (match)
        shell.variables.set(
          'BASH_REMATCH',
          [...match].map(group => group ?? ''),
        );
      return match !== null;
    }
    case '<':
      return left < (await expandText(shell, condition.right));
    case '>':
      return left > (await expandText(shell, condition.right));
    default: {
      const number = (text: string) => evaluateArithmetic(parseArithmetic(text || '0'), arithmeticHost(shell));
      return compareNumbers(
        condition.operator,
        await number(left),
        await number(await expandText(shell, condition.right)),
      );
    }
  }
}

/** `-eq`, `-ne`, `-lt`, `-le`, `-gt`, `-ge`; false for any other. */
export function compareNumbers(operator: string, left: bigint, right: bigint): boolean {
  switch (operator) {
    case '-eq':
      return left === right;
    case '-ne':
      return left !== right;
    case '-lt':
      return left < right;
    case '-le':
      return left <= right;
    case '-gt':
      return left > right;
    case '-ge':
      return left >= right;
    default:
      return false;
  }
}
