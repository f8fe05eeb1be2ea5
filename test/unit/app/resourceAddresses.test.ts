import assert from 'node:assert/strict';
import { arnOf, consoleUrlOf, describeCommandOf } from '../../../src/app/resourceAddresses';
import { region } from '../../../src/core/ids';

const digits = '0123456789abcdef0';
const live = (name: string) => ({ kind: 'live', region: region(name) }) as const;
const balancer = 'arn:aws:elasticloadbalancing:ap-south-1:111122223333:loadbalancer/net/web/0123456789abcdef';

describe('the ARN of a resource', () => {
  const arn = (id: string, at = 'ap-south-1') => arnOf({ id }, at, '111122223333');

  it('has the type that the Service Authorization Reference gives', () => {
    const types = Object.entries({
      vpce: 'vpc-endpoint',
      'vpce-svc': 'vpc-endpoint-service',
      eice: 'instance-connect-endpoint',
      pcx: 'vpc-peering-connection',
      i: 'instance',
      vpc: 'vpc',
      subnet: 'subnet',
      rtb: 'route-table',
      sg: 'security-group',
      eni: 'network-interface',
    });
    for (const [prefix, type] of types)
      assert.equal(arn(`${prefix}-${digits}`), `arn:aws:ec2:ap-south-1:111122223333:${type}/${prefix}-${digits}`);
  });

  it('names the partition of the region', () => {
    assert.match(arn(`i-${digits}`, 'cn-north-1') ?? '', /^arn:aws-cn:ec2:cn-north-1:/);
    assert.match(arn(`i-${digits}`, 'us-gov-west-1') ?? '', /^arn:aws-us-gov:ec2:us-gov-west-1:/);
  });

  it('names the owner where that is another account', () => {
    const found = arnOf({ id: `vpce-${digits}`, ownerId: '444455556666' }, 'ap-south-1', '111122223333');
    assert.match(found ?? '', /:444455556666:/);
  });

  it('is the id itself where AWS has no other, and unknown for what is no id', () => {
    assert.equal(arn(balancer), balancer);
    assert.equal(arn('something else'), undefined);
  });
});

describe('the page of a resource in the console', () => {
  it('is in the console of its partition and region', () => {
    const id = `vpce-${digits}`;
    const fragment = `#EndpointDetails:vpcEndpointId=${id}`;
    const pages = Object.entries({
      'ap-south-1': 'https://ap-south-1.console.aws.amazon.com',
      'cn-north-1': 'https://cn-north-1.console.amazonaws.cn',
      'us-gov-west-1': 'https://us-gov-west-1.console.amazonaws-us-gov.com',
    });
    for (const [name, host] of pages)
      assert.equal(consoleUrlOf({ id }, live(name)), `${host}/vpcconsole/home?region=${name}${fragment}`);
  });

  it('is none on practice, on a local cloud, and for what is no id', () => {
    const at = region('ap-south-1');
    assert.equal(consoleUrlOf({ id: `i-${digits}` }, { kind: 'practice', region: at }), undefined);
    assert.equal(consoleUrlOf({ id: `i-${digits}` }, { kind: 'local', region: at }), undefined);
    assert.equal(consoleUrlOf({ id: 'nothing' }, live('ap-south-1')), undefined);
  });

  it('quotes what a URL would take for something else', () => {
    assert.match(
      consoleUrlOf({ id: balancer }, live('ap-south-1')) ?? '',
      /#LoadBalancer:loadBalancerArn=arn%3Aaws%3A.*%2Fnet%2Fweb/,
    );
  });
});

describe('the AWS CLI line that shows a resource', () => {
  it('asks the right service for exactly this one, as the scope signs in', () => {
    const scope = { region: region('ap-south-1'), saved: { profile: 'my lab', region: 'ap-south-1' } };
    assert.equal(
      describeCommandOf({ id: `pcx-${digits}` }, scope),
      `aws ec2 describe-vpc-peering-connections --profile 'my lab' --region ap-south-1 --vpc-peering-connection-ids pcx-${digits}`,
    );
    assert.match(describeCommandOf({ id: balancer }, scope) ?? '', /^aws elbv2 describe-load-balancers .*arn:aws/);
    assert.equal(describeCommandOf({ id: '?' }, scope), undefined);
  });
});
