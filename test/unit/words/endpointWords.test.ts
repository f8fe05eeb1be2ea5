import assert from 'node:assert/strict';
import { LabError } from '../../../src/core/errors';
import { addressOwnerWords } from '../../../src/words/addressOwners';
import { dnsNameWords } from '../../../src/words/endpointDetails';
import { describeError } from '../../../src/words/errors';
import { serviceOfferWords, verificationWords } from '../../../src/words/serviceVerification';
import { tagProblemWords } from '../../../src/words/tagProblems';
import { offer } from '../../support/fakeGateways';
import { endpoint, s3List, subnet } from '../../support/networkBuilders';

const networkInterface = { id: 'eni-0123456789abcdef0', vpcId: 'vpc-0123456789abcdef0', description: 'made by hand' };
const name = 'com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0';

describe('words of endpoints', () => {
  it('say who has an address', () => {
    const place = { networkInterface: { ...networkInterface, instanceId: undefined }, subnet: subnet() };
    assert.match(
      addressOwnerWords({ kind: 'endpoint', endpoint: endpoint(), ...place }),
      /^demo-interface-endpoint, endpoint of ec2, in subnet-\w+ \(ap-south-1a\), vpc-0123456789abcdef0$/,
    );
    assert.match(addressOwnerWords({ kind: 'interface', ...place }), /^no endpoint: made by hand, in /);
    assert.match(
      addressOwnerWords({ kind: 'service', list: s3List(), gateways: [] }),
      /no gateway endpoint leads to it/,
    );
    assert.match(
      addressOwnerWords({ kind: 'service', list: s3List(), gateways: [endpoint()] }),
      /routes lead to it through demo-interface-endpoint/,
    );
  });

  it('say why a service cannot be had, and what one is', () => {
    assert.match(verificationWords({ kind: 'malformed' }, 'ec2', 'ap-south-1'), /com\.amazonaws\.ap-south-1\.ec2/);
    assert.match(
      verificationWords({ kind: 'notFound', otherRegion: 'eu-west-1' }, name, 'ap-south-1'),
      /the region eu-west-1/,
    );
    assert.match(
      verificationWords({ kind: 'notFound', otherRegion: undefined }, name, 'ap-south-1'),
      /not allowed the account/,
    );
    assert.match(
      serviceOfferWords(offer()),
      /^interface endpoint · owner amazon · zones ap-south-1a, ap-south-1b · private name ec2/,
    );
  });

  it('tell names apart by where they lead, and limits by what there is too much of', () => {
    assert.equal(dnsNameWords(true, undefined), 'regional: every zone');
    assert.equal(dnsNameWords(true, 'ap-south-1a'), 'zonal: ap-south-1a');
    assert.match(dnsNameWords(false, undefined), /^private/);
    const error = new LabError('limitExceeded', { limit: 'InstanceConnectEndpointLimitExceeded' });
    assert.match(describeError(error).sentence, /one for each VPC/);
    assert.match(tagProblemWords({ kind: 'keyTooLong', most: 128 }), /128/);
  });
});
