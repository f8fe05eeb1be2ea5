import { ServiceFault } from '../../protocols/serviceFault';
import type { Ssm } from '../../protocols/wireTypes';
import type { OwnedParameter } from '../../world/parameter';
import type { PlaceState } from '../../world/placeState';
import { pageOf } from '../common/paging';
import type { CallContext, OperationTable } from '../operation';
import { checkPageSize } from './invalidMember';
import { findParameter, latestOf, parameterShape, publicParameters, versionMetadata } from './parameterShapes';
import { putParameter } from './putParameter';

const maximumNames = 10;
const maximumPageSize = 50;

const notFound = (name: string | undefined) => new ServiceFault('ParameterNotFound', `Parameter ${name} not found.`);

function getParameter(input: Ssm.GetParameterRequest, { region }: CallContext): Ssm.GetParameterResult {
  const Parameter = findParameter(region, input.Name ?? '');
  if (!Parameter) throw notFound(input.Name);
  return { Parameter };
}

function checkedNames(given: readonly string[] | undefined): readonly string[] {
  const names = [...new Set(given ?? [])];
  if (names.length > maximumNames)
    throw new ServiceFault(
      'ValidationException',
      `1 validation error detected: Value '[${names.join(', ')}]' at 'names' failed to satisfy constraint: Member must have length less than or equal to ${maximumNames}`,
    );
  return names;
}

function getParameters(input: Ssm.GetParametersRequest, { region }: CallContext): Ssm.GetParametersResult {
  const names = checkedNames(input.Names);
  const shapes = names.map(name => findParameter(region, name));
  return {
    Parameters: shapes.filter(shape => shape !== undefined),
    InvalidParameters: names.filter((_, index) => shapes[index] === undefined),
  };
}

function getParametersByPath(
  input: Ssm.GetParametersByPathRequest,
  { region }: CallContext,
): Ssm.GetParametersByPathResult {
  const { Path = '', Recursive = false, MaxResults = maximumNames, NextToken, ParameterFilters = [] } = input;
  checkPageSize(MaxResults, maximumNames);
  if (!Path.startsWith('/'))
    throw new ServiceFault('ValidationException', 'The parameter path must begin with a slash "/".');
  if (ParameterFilters.length > 0)
    throw new ServiceFault(
      'UnsupportedOperationException',
      'The practice cloud does not simulate filters of GetParametersByPath.',
    );
  const own = byName(region).map(parameter => parameterShape(region, parameter, latestOf(parameter)));
  const found = [...own, ...publicParameters(region)].filter(({ Name = '' }) => isUnder(Name, Path, Recursive));
  const page = pageOf(found, { MaxResults, NextToken }, {}, ({ Name = '' }) => Name);
  return { Parameters: [...page.items], ...(page.nextToken === undefined ? {} : { NextToken: page.nextToken }) };
}

function byName({ parameters }: PlaceState): readonly OwnedParameter[] {
  return [...parameters.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
}

function isUnder(name: string, path: string, isRecursive: boolean): boolean {
  const above = path.endsWith('/') ? path : `${path}/`;
  return name.startsWith(above) && (isRecursive || !name.slice(above.length).includes('/'));
}

/** "ParameterStringFilter": the keys that say something of the parameters of the practice cloud. */
const filterValues: Readonly<Record<string, (parameter: OwnedParameter) => string>> = {
  Name: ({ name }) => name,
  Type: parameter => latestOf(parameter).type,
  Tier: ({ tier }) => tier,
  DataType: parameter => latestOf(parameter).dataType,
};

function testOf({ Key = '', Option, Values = [] }: Ssm.ParameterStringFilter): (parameter: OwnedParameter) => boolean {
  if (Key === 'Path') return ({ name }) => Values.some(path => isUnder(name, path, Option === 'Recursive'));
  const tag = /^tag:(.+)$/s.exec(Key)?.[1];
  if (tag !== undefined) return ({ tags }) => Object.hasOwn(tags, tag) && Values.includes(tags[tag] ?? '');
  const read = Object.hasOwn(filterValues, Key) ? filterValues[Key] : undefined;
  if (!read) throw new ServiceFault('InvalidFilterKey', `The filter key ${Key} is not valid.`);
  return parameter =>
    Values.some(value => {
      const text = read(parameter);
      if (Option === 'BeginsWith') return text.startsWith(value);
      return Option === 'Contains' ? text.includes(value) : text === value;
    });
}

function describeParameters(
  input: Ssm.DescribeParametersRequest,
  { region }: CallContext,
): Ssm.DescribeParametersResult {
  const { MaxResults = maximumPageSize, NextToken } = input;
  checkPageSize(MaxResults, maximumPageSize);
  const old = (input.Filters ?? []).map(({ Key, Values }) => ({ Key, Values, Option: 'BeginsWith' }));
  const tests = [...(input.ParameterFilters ?? []), ...old].map(testOf);
  const found = byName(region).filter(parameter => tests.every(test => test(parameter)));
  const page = pageOf(found, { MaxResults, NextToken }, {}, ({ name }) => name);
  return {
    Parameters: page.items.map(parameter => versionMetadata(region, parameter, latestOf(parameter))),
    ...(page.nextToken === undefined ? {} : { NextToken: page.nextToken }),
  };
}

function getParameterHistory(
  input: Ssm.GetParameterHistoryRequest,
  { region }: CallContext,
): Ssm.GetParameterHistoryResult {
  const { MaxResults = maximumPageSize, NextToken } = input;
  checkPageSize(MaxResults, maximumPageSize);
  const parameter = region.parameters.get(input.Name ?? '');
  if (!parameter) throw notFound(input.Name);
  const page = pageOf(parameter.versions, { MaxResults, NextToken }, {}, ({ version }) => String(version));
  const Parameters = page.items.map(version => ({
    ...versionMetadata(region, parameter, version),
    Value: version.value,
    Labels: [],
  }));
  return { Parameters, ...(page.nextToken === undefined ? {} : { NextToken: page.nextToken }) };
}

function deleteParameter(input: Ssm.DeleteParameterRequest, { region }: CallContext): object {
  if (!region.parameters.delete(input.Name ?? '')) throw notFound(input.Name);
  return {};
}

function deleteParameters(input: Ssm.DeleteParametersRequest, { region }: CallContext): Ssm.DeleteParametersResult {
  const names = checkedNames(input.Names);
  const DeletedParameters = names.filter(name => region.parameters.delete(name));
  return { DeletedParameters, InvalidParameters: names.filter(name => !DeletedParameters.includes(name)) };
}

export const parameterOperations: OperationTable = {
  DeleteParameter: deleteParameter,
  DeleteParameters: deleteParameters,
  DescribeParameters: describeParameters,
  GetParameter: getParameter,
  GetParameterHistory: getParameterHistory,
  GetParameters: getParameters,
  GetParametersByPath: getParametersByPath,
  PutParameter: putParameter,
};
