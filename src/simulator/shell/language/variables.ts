import { ExpansionError, ShellError } from './flow';

/** A shell's variables; each is a text or a list, and may be exported or fixed. */
export type Value = string | readonly string[];

interface Variable {
  value: Value | undefined;
  isExported: boolean;
  isReadOnly: boolean;
}

export class Variables {
  readonly #variables = new Map<string, Variable>();
  /** Values to put back when a function that declared them local returns. */
  readonly #locals: Map<string, Variable | undefined>[] = [];

  constructor(environment: ReadonlyMap<string, string> = new Map()) {
    for (const [name, value] of environment) this.#variables.set(name, { value, isExported: true, isReadOnly: false });
  }

  copy(): Variables {
    const copy = new Variables();
    for (const [name, variable] of this.#variables) copy.#variables.set(name, { ...variable });
    return copy;
  }

  /** A list's first element when it is one. */
  get(name: string): string | undefined {
    const value = this.#variables.get(name)?.value;
    return typeof value === 'string' || value === undefined ? value : value[0];
  }

  list(name: string): readonly string[] {
    const value = this.#variables.get(name)?.value;
    if (value === undefined) return [];
    return typeof value === 'string' ? [value] : value;
  }

  names(): readonly string[] {
    return [...this.#variables]
      .filter(([, variable]) => variable.value !== undefined)
      .map(([name]) => name)
      .sort();
  }

  set(name: string, value: Value): void {
    const variable = this.#variables.get(name);
    if (variable?.isReadOnly) throw new ExpansionError(`${name}: readonly variable`);
    if (variable) variable.value = value;
    else this.#variables.set(name, { value, isExported: false, isReadOnly: false });
  }

  setElement(name: string, index: number, value: string): void {
    const list = [...this.list(name)];
    while (list.length < index) list.push('');
    list[index] = value;
    this.set(name, list);
  }

  unset(name: string): void {
    if (this.#variables.get(name)?.isReadOnly) throw new ShellError(`unset: ${name}: cannot unset: readonly variable`);
    this.#variables.delete(name);
  }

  mark(name: string, marks: { isExported?: boolean; isReadOnly?: boolean }): void {
    const variable = this.#variables.get(name) ?? { value: undefined, isExported: false, isReadOnly: false };
    this.#variables.set(name, { ...variable, ...marks });
  }

  isExported(name: string): boolean {
    return this.#variables.get(name)?.isExported ?? false;
  }

  /** What a program started now would find. */
  environment(): Map<string, string> {
    const environment = new Map<string, string>();
    for (const [name, { value, isExported }] of this.#variables) {
      if (isExported && typeof value === 'string') environment.set(name, value);
    }
    return environment;
  }

  enterFunction(): void {
    this.#locals.push(new Map());
  }

  /** False outside of a function. */
  declareLocal(name: string): boolean {
    const scope = this.#locals.at(-1);
    if (!scope) return false;
    const variable = this.#variables.get(name);
    if (!scope.has(name)) scope.set(name, variable && { ...variable });
    return true;
  }

  leaveFunction(): void {
    for (const [name, variable] of this.#locals.pop() ?? []) {
      if (variable) this.#variables.set(name, variable);
      else this.#variables.delete(name);
    }
  }
}
