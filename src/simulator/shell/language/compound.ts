import { evaluateArithmetic } from './arithmetic';
import { evaluateCondition, NoRegularExpression } from './condition';
import { arithmeticHost, expandPieces, expandText, expandWords } from './expand';
import { BreakLoop, ContinueLoop } from './flow';
import { matchesPattern } from './pattern';
import type { ShellContext } from './shellContext';
import type { Arithmetic, CommandNode, CommandOf, Condition, StatementNode } from './syntax';

/** What compound commands need of the interpreter that calls them. */
export interface StatementRunner {
  runStatements(statements: readonly StatementNode[]): Promise<number>;
  runSubshell(statements: readonly StatementNode[]): Promise<number>;
}

type Compound = Exclude<CommandNode, { type: 'SimpleCommand' | 'FunctionDef' }>;

/** Runs a compound command whose redirections are already in force. */
export async function runCompound(shell: ShellContext, runner: StatementRunner, command: Compound): Promise<number> {
  switch (command.type) {
    case 'If':
      return runIf(shell, runner, command);
    case 'For':
      return runFor(shell, runner, command);
    case 'CStyleFor':
      return runCStyleFor(shell, runner, command);
    case 'While':
      return runWhile(shell, runner, command, true);
    case 'Until':
      return runWhile(shell, runner, command, false);
    case 'Case':
      return runCase(shell, runner, command);
    case 'Group':
      return runner.runStatements(command.body);
    case 'Subshell':
      return runner.runSubshell(command.body);
    case 'ArithmeticCommand':
      return (await evaluate(shell, command.expression.expression)) !== 0n ? 0 : 1;
    case 'ConditionalCommand':
      return judge(shell, command.expression);
  }
}

async function judge(shell: ShellContext, condition: Condition): Promise<number> {
  try {
    return (await evaluateCondition(shell, condition)) ? 0 : 1;
  } catch (error) {
    if (error instanceof NoRegularExpression) return 2;
    throw error;
  }
}

function evaluate(shell: ShellContext, expression: Arithmetic): Promise<bigint> {
  return evaluateArithmetic(expression, arithmeticHost(shell));
}

async function holds(
  shell: ShellContext,
  runner: StatementRunner,
  condition: readonly StatementNode[],
): Promise<boolean> {
  shell.conditionDepth++;
  try {
    return (await runner.runStatements(condition)) === 0;
  } finally {
    shell.conditionDepth--;
  }
}

async function runIf(shell: ShellContext, runner: StatementRunner, command: CommandOf<'If'>): Promise<number> {
  for (const clause of command.clauses) {
    if (await holds(shell, runner, clause.condition)) return runner.runStatements(clause.body);
  }
  if (command.elseBody) return runner.runStatements(command.elseBody);
  return 0;
}

/** One round of a loop; true when the loop is over. */
async function round(shell: ShellContext, body: () => Promise<unknown>): Promise<boolean> {
  shell.loopDepth++;
  try {
    await body();
    return false;
  } catch (error) {
    if (error instanceof BreakLoop) {
      if (error.levels > 1 && shell.loopDepth > 1) throw new BreakLoop(error.levels - 1);
      return true;
    }
    if (!(error instanceof ContinueLoop)) throw error;
    if (error.levels > 1 && shell.loopDepth > 1) throw new ContinueLoop(error.levels - 1);
    return false;
  } finally {
    shell.loopDepth--;
  }
}

async function runFor(shell: ShellContext, runner: StatementRunner, command: CommandOf<'For'>): Promise<number> {
  const values = command.words ? await expandWords(shell, command.words) : shell.positional;
  shell.lastStatus = 0;
  for (const value of values) {
    shell.variables.set(command.variable, value);
    await shell.process.checkpoint();
    if (await round(shell, () => runner.runStatements(command.body))) break;
  }
  return shell.lastStatus;
}

async function runCStyleFor(
  shell: ShellContext,
  runner: StatementRunner,
  command: CommandOf<'CStyleFor'>,
): Promise<number> {
  if (command.init) await evaluate(shell, command.init.expression);
  shell.lastStatus = 0;
  while (!command.condition || (await evaluate(shell, command.condition.expression)) !== 0n) {
    await shell.process.checkpoint();
    if (await round(shell, () => runner.runStatements(command.body))) break;
    if (command.update) await evaluate(shell, command.update.expression);
  }
  return shell.lastStatus;
}

async function runWhile(
  shell: ShellContext,
  runner: StatementRunner,
  command: CommandOf<'While' | 'Until'>,
  wanted: boolean,
): Promise<number> {
  let status = 0;
  let isOver = false;
  while (!isOver) {
    await shell.process.checkpoint();
    isOver = await round(shell, async () => {
      if ((await holds(shell, runner, command.condition)) !== wanted) throw new BreakLoop(1);
      status = await runner.runStatements(command.body);
    });
  }
  return status;
}

async function runCase(shell: ShellContext, runner: StatementRunner, command: CommandOf<'Case'>): Promise<number> {
  const text = await expandText(shell, command.word);
  let fallsThrough = false;
  let status = 0;
  for (const item of command.items) {
    if (!fallsThrough && !(await matchesAny(shell, text, item.patterns))) continue;
    shell.lastStatus = 0;
    status = await runner.runStatements(item.body);
    if (item.terminator === ';;') return status;
    fallsThrough = item.terminator === ';&';
  }
  return status;
}

async function matchesAny(
  shell: ShellContext,
  text: string,
  patterns: CommandOf<'Case'>['items'][number]['patterns'],
): Promise<boolean> {
  for (const pattern of patterns) if (matchesPattern(text, await expandPieces(shell, pattern))) return true;
  return false;
}
