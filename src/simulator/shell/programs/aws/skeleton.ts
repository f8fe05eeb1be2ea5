import type { OperationModel } from '../../../protocols/clientCodec';
import { generalFailure } from './failures';
import { jsonText } from './output/jsonText';
import type { PlainValue } from './output/plainValue';
import { membersOf, type Shape } from './shapes';

/** Deeper than any structure of the services that does not contain itself. */
const deepestLevel = 12;

/** `--generate-cli-skeleton`: an example of a shape, its texts empty or, in an output, their members' names. */
export function skeletonOf(shape: Shape, usesNames: boolean): PlainValue {
  return example(shape, '', usesNames, []);
}

function example(shape: Shape, name: string, usesNames: boolean, outer: readonly unknown[]): PlainValue {
  if (shape.isStructSchema()) {
    const isInsideItself = outer.includes(shape.getSchema()) || outer.length > deepestLevel;
    if (isInsideItself) return {};
    const within = [...outer, shape.getSchema()];
    return Object.fromEntries(
      [...membersOf(shape)].map(([member, inner]) => [member, example(inner, member, usesNames, within)]),
    );
  }
  if (shape.isListSchema()) return [example(shape.getValueSchema(), name, usesNames, outer)];
  if (shape.isMapSchema()) return { KeyName: example(shape.getValueSchema(), name, usesNames, outer) };
  if (shape.isStringSchema()) return usesNames ? name : '';
  if (shape.isNumericSchema()) return 0;
  if (shape.isBooleanSchema()) return true;
  return shape.isTimestampSchema() ? '1970-01-01T00:00:00' : null;
}

/** What `--generate-cli-skeleton` prints for an input. Throws {@link CliFailure} for the form that quotes the documentation. */
export function skeletonText(operation: OperationModel, kind: 'input' | 'yaml-input' | 'output'): string {
  if (kind !== 'yaml-input') return jsonText(skeletonOf(operation.input, false));
  throw generalFailure('The practice cloud has no skeletons in YAML: use --generate-cli-skeleton input');
}
