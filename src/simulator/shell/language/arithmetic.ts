import { ShellError } from './flow';
import type { Arithmetic, ArithmeticOf } from './syntax';

/** What arithmetic needs of the shell around it. */
export interface ArithmeticHost {
  get(name: string): string;
  set(name: string, value: string): void;
  /** The text that a `${…}` or `$(…)` inside an expression stands for. */
  expandText(source: string): Promise<string>;
  parse(expression: string): Arithmetic;
}

const maxDepth = 64;

/** Evaluates an expression in 64-bit integers, as bash does (bash manual, Shell Arithmetic). Throws {@link ShellError}. */
export async function evaluateArithmetic(node: Arithmetic, host: ArithmeticHost, depth = 0): Promise<bigint> {
  if (depth > maxDepth) throw new ShellError('expression recursion level exceeded');
  const evaluate = (inner: Arithmetic) => evaluateArithmetic(inner, host, depth + 1);
  switch (node.type) {
    case 'ArithNumber':
      if (!Number.isFinite(node.value)) throw new ShellError('value too great for base');
      return BigInt(Math.trunc(node.value));
    case 'ArithVariable':
    case 'ArithSpecialVar':
      return numberOf(host.get(node.name), host, depth);
    case 'ArithGroup':
    case 'ArithNested':
      return evaluate(node.expression);
    case 'ArithBinary':
      return evaluateBinary(node, evaluate);
    case 'ArithUnary':
      return evaluateUnary(node, host, evaluate);
    case 'ArithTernary':
      return (await evaluate(node.condition)) !== 0n ? evaluate(node.consequent) : evaluate(node.alternate);
    case 'ArithAssignment': {
      const operator = node.operator.slice(0, -1);
      const right = await evaluate(node.value);
      const left = operator ? await numberOf(host.get(node.variable), host, depth) : 0n;
      const value = operator ? compute(operator, left, right) : right;
      host.set(node.variable, value.toString());
      return value;
    }
    case 'ArithBracedExpansion':
      return numberOf(await host.expandText(`\${${node.content}}`), host, depth);
    case 'ArithCommandSubst':
      return numberOf(await host.expandText(`$(${node.command})`), host, depth);
    case 'ArithArrayElement':
      return numberOf(await host.expandText(`\${${node.array}[${await indexText(node, evaluate)}]}`), host, depth);
    case 'ArithSyntaxError':
      throw new ShellError(`${node.message}`);
    default:
      throw new ShellError('syntax error: operand expected');
  }
}

async function indexText(
  node: ArithmeticOf<'ArithArrayElement'>,
  evaluate: (inner: Arithmetic) => Promise<bigint>,
): Promise<string> {
  return node.index ? (await evaluate(node.index)).toString() : (node.stringKey ?? '0');
}

/** A variable's value as a number: a literal, or an expression to be evaluated in turn. */
async function numberOf(text: string, host: ArithmeticHost, depth: number): Promise<bigint> {
  const trimmed = text.trim();
  if (trimmed === '') return 0n;
  if (/^-?(?:[1-9]\d*|0)$/.test(trimmed)) return BigInt.asIntN(64, BigInt(trimmed));
  return evaluateArithmetic(host.parse(trimmed), host, depth + 1);
}

async function evaluateBinary(
  node: ArithmeticOf<'ArithBinary'>,
  evaluate: (inner: Arithmetic) => Promise<bigint>,
): Promise<bigint> {
  const left = await evaluate(node.left);
  if (node.operator === '&&') return left !== 0n && (await evaluate(node.right)) !== 0n ? 1n : 0n;
  if (node.operator === '||') return left !== 0n || (await evaluate(node.right)) !== 0n ? 1n : 0n;
  return compute(node.operator, left, await evaluate(node.right));
}

async function evaluateUnary(
  node: ArithmeticOf<'ArithUnary'>,
  host: ArithmeticHost,
  evaluate: (inner: Arithmetic) => Promise<bigint>,
): Promise<bigint> {
  const value = await evaluate(node.operand);
  switch (node.operator) {
    case '-':
      return BigInt.asIntN(64, -value);
    case '+':
      return value;
    case '!':
      return value === 0n ? 1n : 0n;
    case '~':
      return ~value;
    default: {
      if (node.operand.type !== 'ArithVariable') throw new ShellError('syntax error: operand expected');
      const changed = value + (node.operator === '++' ? 1n : -1n);
      host.set(node.operand.name, changed.toString());
      return node.prefix ? changed : value;
    }
  }
}

function compute(operator: string, left: bigint, right: bigint): bigint {
  return BigInt.asIntN(64, computeExactly(operator, left, right));
}

function computeExactly(operator: string, left: bigint, right: bigint): bigint {
  const truth = (claim: boolean) => (claim ? 1n : 0n);
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
    case '%':
      if (right === 0n) throw new ShellError('division by 0');
      return operator === '/' ? left / right : left % right;
    case '**':
      if (right < 0n) throw new ShellError('exponent less than 0');
      return power(left, right);
    case '<<':
      return left << (right & 63n);
    case '>>':
      return left >> (right & 63n);
    case '&':
      return left & right;
    case '|':
      return left | right;
    case '^':
      return left ^ right;
    case '<':
      return truth(left < right);
    case '<=':
      return truth(left <= right);
    case '>':
      return truth(left > right);
    case '>=':
      return truth(left >= right);
    case '==':
      return truth(left === right);
    case '!=':
      return truth(left !== right);
    case ',':
      return right;
    default:
      throw new ShellError('syntax error: invalid arithmetic operator');
  }
}

/** Wraps at 64 bits on the way, so that a large exponent costs nothing. */
function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let factor = base;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = BigInt.asIntN(64, result * factor);
    factor = BigInt.asIntN(64, factor * factor);
  }
  return result;
}
