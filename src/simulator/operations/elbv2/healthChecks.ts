import type { HealthCheck, TargetGroup } from '../../../core/loadBalancing';
import type { Elbv2 } from '../../protocols/wireTypes';
import { validationError } from './elbv2Faults';

/** Members that CreateTargetGroup and ModifyTargetGroup share. */
export type HealthCheckRequest = Pick<
  Elbv2.ModifyTargetGroupInput,
  | 'HealthCheckProtocol'
  | 'HealthCheckPort'
  | 'HealthCheckPath'
  | 'HealthCheckEnabled'
  | 'HealthCheckIntervalSeconds'
  | 'HealthCheckTimeoutSeconds'
  | 'HealthyThresholdCount'
  | 'UnhealthyThresholdCount'
  | 'Matcher'
>;

type GroupProtocol = TargetGroup['protocol'];

/** What a group's health check is when nobody says anything ("CreateTargetGroup", defaults of each member). */
function defaultHealthCheck(group: GroupProtocol, protocol: HealthCheck['protocol']): HealthCheck {
  const isHttp = protocol !== 'TCP';
  const isApplication = group === 'HTTP' || group === 'HTTPS';
  return {
    protocol,
    port: 'traffic-port',
    path: isHttp ? '/' : undefined,
    isEnabled: true,
    intervalSeconds: 30,
    timeoutSeconds: isApplication ? 5 : protocol === 'HTTP' ? 6 : 10,
    healthyThreshold: 5,
    unhealthyThreshold: 2,
    matcher: isHttp ? (isApplication ? '200' : '200-399') : undefined,
  };
}

/** The health check of a new group. */
export function newHealthCheck(group: GroupProtocol, request: HealthCheckRequest): HealthCheck {
  const unsaid = group === 'HTTP' || group === 'HTTPS' ? group : 'TCP';
  const protocol = checkedProtocol(request.HealthCheckProtocol ?? unsaid);
  return healthCheckAfter(defaultHealthCheck(group, protocol), request);
}

/** A health check after a change of what is named; changing the protocol brings that protocol's path and matcher. */
export function changedHealthCheck(
  group: GroupProtocol,
  before: HealthCheck,
  request: HealthCheckRequest,
): HealthCheck {
  const protocol = checkedProtocol(request.HealthCheckProtocol ?? before.protocol);
  const isSameKind = (protocol === 'TCP') === (before.protocol === 'TCP');
  const { path, matcher } = isSameKind ? before : defaultHealthCheck(group, protocol);
  return healthCheckAfter({ ...before, protocol, path, matcher }, request);
}

function checkedProtocol(protocol: string): HealthCheck['protocol'] {
  if (protocol === 'TCP' || protocol === 'HTTP' || protocol === 'HTTPS') return protocol;
  throw validationError(`Health check protocol '${protocol}' must be one of 'HTTP, TCP, HTTPS'`);
}

function healthCheckAfter(before: HealthCheck, request: HealthCheckRequest): HealthCheck {
  const matcher = request.Matcher?.HttpCode || undefined;
  if (before.protocol === 'TCP' && (request.HealthCheckPath || matcher))
    throw validationError('Health check path and matcher are not supported for health checks with protocol TCP');
  if (request.HealthCheckEnabled === false)
    throw validationError('Health check enabled must be true for target groups with target type instance or ip');
  const after: HealthCheck = {
    ...before,
    port: checkedHealthPort(request.HealthCheckPort ?? before.port),
    path: checkedPath(request.HealthCheckPath || undefined) ?? before.path,
    intervalSeconds:
      within('Health check interval', request.HealthCheckIntervalSeconds, 5, 300) ?? before.intervalSeconds,
    timeoutSeconds: within('Health check timeout', request.HealthCheckTimeoutSeconds, 2, 120) ?? before.timeoutSeconds,
    healthyThreshold:
      within('Healthy threshold count', request.HealthyThresholdCount, 2, 10) ?? before.healthyThreshold,
    unhealthyThreshold:
      within('Unhealthy threshold count', request.UnhealthyThresholdCount, 2, 10) ?? before.unhealthyThreshold,
    matcher: checkedMatcher(matcher) ?? before.matcher,
  };
  return fittingTimeout(after, request);
}

/** A time-out that nobody chose gives way to a short interval; a chosen one must be shorter than the interval. */
function fittingTimeout(check: HealthCheck, request: HealthCheckRequest): HealthCheck {
  if (check.timeoutSeconds <= check.intervalSeconds) return check;
  if (request.HealthCheckTimeoutSeconds === undefined) return { ...check, timeoutSeconds: check.intervalSeconds };
  throw validationError(
    `Health check timeout '${check.timeoutSeconds}' must be smaller than or equal to the interval '${check.intervalSeconds}'`,
  );
}

function within(what: string, value: number | undefined, least: number, most: number): number | undefined {
  if (value !== undefined && (!Number.isInteger(value) || value < least || value > most))
    throw validationError(`${what} '${value}' must be between ${least} and ${most}`);
  return value;
}

function checkedHealthPort(port: string): string {
  const number = /^\d{1,5}$/.test(port) ? Number(port) : 0;
  if (port !== 'traffic-port' && (number < 1 || number > 65_535))
    throw validationError(`Health check port '${port}' must be 'traffic-port' or between 1 and 65535`);
  return port;
}

function checkedPath(path: string | undefined): string | undefined {
  if (path !== undefined && (!/^\/[!-~]*$/.test(path) || path.length > 1024))
    throw validationError(
      `Health check path '${path}' must begin with a '/' character and have at most 1024 characters`,
    );
  return path;
}

/** Single codes and ranges from 200 to 599, such as `200,301-399`. */
function checkedMatcher(matcher: string | undefined): string | undefined {
  if (matcher === undefined) return undefined;
  const codes = matcher.split(',').flatMap(part => part.split('-'));
  const isGood = /^\d{3}(?:-\d{3})?(?:,\d{3}(?:-\d{3})?)*$/.test(matcher);
  if (!isGood || codes.some(code => Number(code) < 200 || Number(code) > 599))
    throw validationError(`Health check matcher HTTP code '${matcher}' must be within '200-599'`);
  return matcher;
}
