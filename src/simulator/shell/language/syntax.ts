/** The syntax tree of just-bash's parser, by the names we use. */
import type { CommandNode, PipelineNode, ScriptNode, SimpleCommandNode, StatementNode, WordNode } from 'just-bash';

export type { CommandNode, PipelineNode, ScriptNode, SimpleCommandNode, StatementNode, WordNode };

export type WordPart = WordNode['parts'][number];
export type PartOf<Type extends WordPart['type']> = Extract<WordPart, { type: Type }>;
export type CommandOf<Type extends CommandNode['type']> = Extract<CommandNode, { type: Type }>;
export type Redirection = SimpleCommandNode['redirections'][number];
export type Assignment = SimpleCommandNode['assignments'][number];
export type HereDocument = Extract<Redirection['target'], { type: 'HereDoc' }>;
export type ParameterOperation = NonNullable<PartOf<'ParameterExpansion'>['operation']>;
export type OperationOf<Type extends ParameterOperation['type']> = Extract<ParameterOperation, { type: Type }>;
export type Arithmetic = PartOf<'ArithmeticExpansion'>['expression']['expression'];
export type ArithmeticOf<Type extends Arithmetic['type']> = Extract<Arithmetic, { type: Type }>;
export type Condition = CommandOf<'ConditionalCommand'>['expression'];
export type FunctionBody = CommandOf<'FunctionDef'>['body'];
