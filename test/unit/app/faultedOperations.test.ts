import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';

const operationsFolder = 'src/app/operations';
const casesFolder = 'test/support/faults';

/** Operations that no case of the fault runs names, and why. */
const notTried: Readonly<Record<string, string>> = {
  planEndpointModification: 'what all changes of an endpoint share; each of them is a case',
  planAddressTypeChange: 'one call of ModifyVpcEndpoint, which other changes of an endpoint try',
  planSubnetRemoval: 'one call, which the deletion of a VPC tries',
  planRouteTableRemoval: 'calls that the deletion of a VPC tries',
  planDhcpOptionsRemoval: 'calls that creating DHCP options tries',
  planTcpdumpInstall: 'changes nothing at AWS; what disturbs its session is tried with captures',
  planDnsOptionChange: 'one call of ModifyVpcEndpoint, which other changes of an endpoint try',
};

const textsIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts'))
    .map(name => readFileSync(`${folder}/${name}`, 'utf8'));

/** Names of the functions that plan a write: those that give a `PlannedChange` or a `PlannedRemoval`. */
const plannersIn = (text: string) =>
  [...text.matchAll(/export (?:async )?function (\w+)\b[^{]*?\([\s\S]*?\): ([^\n]*?) \{\n/g)].flatMap(
    ([, name = '', result = '']) => (/Planned(?:Change|Removal)\b/.test(result) ? [name] : []),
  );

describe('the list of the fault runs', () => {
  const planners = textsIn(operationsFolder).flatMap(plannersIn);
  const cases = textsIn(casesFolder).join('\n');

  it('has every operation that writes, or a reason', () => {
    assert.ok(planners.length > 40, `only ${planners.length} operations were found`);
    const missing = planners.filter(name => !new RegExp(`\\b${name}\\(`).test(cases) && !notTried[name]);
    assert.deepEqual(missing, []);
  });

  it('has no reason for what is tried, or is no more', () => {
    const stale = Object.keys(notTried).filter(name => !planners.includes(name) || cases.includes(`${name}(`));
    assert.deepEqual(stale, []);
  });
});
